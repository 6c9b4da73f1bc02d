import { ArrowDownWideNarrow, LayoutGrid, List } from "lucide-react";
import type { ArtifactsSearch } from "../app/filters.ts";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import type { PatchSearch } from "./use-artifacts-search.ts";

/** In what order, and as what, the artifacts are shown. */
export function ViewMenu({
  search,
  patch,
}: {
  readonly search: ArtifactsSearch;
  readonly patch: PatchSearch;
}) {
  const sort = search.sort ?? "name";
  return (
    <div className="flex shrink-0 items-center gap-1">
      <Menu
        trigger={
          <Button className="px-2" aria-label={`Sorted by ${sort}`}>
            <ArrowDownWideNarrow />
            <span className="hidden @3xl:inline">{sort === "name" ? "Name" : "Type"}</span>
          </Button>
        }
      >
        <MenuChoice
          label="Sort by"
          value={sort}
          onChoose={(value) => patch({ sort: value === "type" ? "type" : undefined })}
          choices={[
            { value: "name", label: "Name" },
            { value: "type", label: "Type, then name" },
          ]}
        />
      </Menu>
      <div role="group" aria-label="View" className="flex rounded-md bg-sunken p-0.5">
        <ViewButton
          label="List"
          isOn={search.view !== "grid"}
          onChoose={() => patch({ view: undefined })}
        />
        <ViewButton
          label="Grid"
          isOn={search.view === "grid"}
          onChoose={() => patch({ view: "grid" })}
        />
      </div>
    </div>
  );
}

function ViewButton({
  label,
  isOn,
  onChoose,
}: {
  readonly label: "List" | "Grid";
  readonly isOn: boolean;
  readonly onChoose: () => void;
}) {
  const Icon = label === "List" ? List : LayoutGrid;
  return (
    <Button
      size="small-icon"
      aria-label={label}
      aria-pressed={isOn}
      onClick={onChoose}
      className={classes(isOn && "bg-raised text-ink shadow-card")}
    >
      <Icon />
    </Button>
  );
}
