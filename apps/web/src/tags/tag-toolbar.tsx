import { ArrowDownWideNarrow, Plus } from "lucide-react";
import { useCallback } from "react";
import type { TagsSearch } from "../app/filters.ts";
import { SearchField } from "../artifacts/search-field.tsx";
import { plural } from "../file/plural.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import type { PatchTags } from "./tags-screen.tsx";

/** What finds and makes tags; where columns have no room, also what orders them. */
export function TagToolbar({
  search,
  patch,
  shown,
  all,
  onCreate,
}: {
  readonly search: TagsSearch;
  readonly patch: PatchTags;
  /** How many tags the search leaves. */
  readonly shown: number;
  /** How many there are; undefined before that is known. */
  readonly all: number | undefined;
  readonly onCreate: () => void;
}) {
  const onSearch = useCallback(
    (text: string) => patch({ q: text === "" ? undefined : text }),
    [patch],
  );
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-3 py-2.5">
      <h1 className="sr-only">Tags</h1>
      <SearchField
        value={search.q ?? ""}
        onSearch={onSearch}
        label="Search tags"
        placeholder="Search names, slugs and descriptions"
      />
      <span
        role="status"
        className="sr-only text-[0.8125rem] text-ink-faint tabular-nums @lg:not-sr-only"
      >
        {all === undefined
          ? ""
          : shown === all
            ? plural(all, "tag")
            : `${shown.toLocaleString("en")} of ${plural(all, "tag")}`}
      </span>
      <span className="hidden min-w-0 flex-1 @lg:block" />
      <span className="@3xl:hidden">
        <Menu
          trigger={
            <Button
              className="px-2"
              aria-label={search.sort === "count" ? "Most used first" : "Sorted by name"}
            >
              <ArrowDownWideNarrow />
              <span className="hidden @lg:inline">
                {search.sort === "count" ? "Most used" : "Name"}
              </span>
            </Button>
          }
        >
          <MenuChoice
            label="Sort by"
            value={search.sort ?? "name"}
            onChoose={(value) =>
              patch({ sort: value === "count" ? "count" : undefined, turned: undefined })
            }
            choices={[
              { value: "name", label: "Name" },
              { value: "count", label: "Most used first" },
            ]}
          />
        </Menu>
      </span>
      <Button look="outline" onClick={onCreate}>
        <Plus />
        New tag
      </Button>
    </div>
  );
}
