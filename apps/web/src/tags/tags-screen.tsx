import { CircleAlert, SearchX, Tags } from "lucide-react";
import { useMemo, useState } from "react";
import { explainError } from "../api/errors.ts";
import { useTags } from "../api/queries.ts";
import type { TagsSearch } from "../app/filters.ts";
import { Button } from "../ui/button.tsx";
import { Command, Empty } from "../ui/empty.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { arrangeTags } from "./arrange-tags.ts";
import { NewTagForm } from "./new-tag-form.tsx";
import { TagTable } from "./tag-table.tsx";
import { TagToolbar } from "./tag-toolbar.tsx";

/** Changes what stands in the URL. */
export type PatchTags = (change: Partial<TagsSearch>) => void;

/** The page of one collection's tags. */
export function TagsScreen({
  collection,
  search,
  patch,
}: {
  readonly collection: string;
  readonly search: TagsSearch;
  readonly patch: PatchTags;
}) {
  const [isCreating, setCreating] = useState(false);
  const { data, error } = useTags(collection);
  const shown = useMemo(
    () => (data === undefined ? [] : arrangeTags(data.items, search)),
    [data, search],
  );
  const create = () => setCreating(true);
  return (
    <div className="@container flex h-full flex-col">
      <TagToolbar
        search={search}
        patch={patch}
        shown={shown.length}
        all={data?.items.length}
        onCreate={create}
      />
      {isCreating && <NewTagForm collection={collection} onClose={() => setCreating(false)} />}
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : (
          <Empty icon={<CircleAlert />} title={explainError(error).message}>
            {explainError(error).hint}
          </Empty>
        )
      ) : shown.length > 0 ? (
        <TagTable collection={collection} tags={shown} search={search} patch={patch} />
      ) : data.items.length > 0 ? (
        <Empty
          icon={<SearchX />}
          title="No such tag"
          actions={
            <Button look="outline" onClick={() => patch({ q: undefined })}>
              Show all tags
            </Button>
          }
        >
          No tag’s name, slug or description holds what you search for.
        </Empty>
      ) : isCreating ? null : (
        <NoTags onCreate={create} />
      )}
    </div>
  );
}

function NoTags({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <Empty
      icon={<Tags />}
      title="No tags yet"
      actions={
        <Button look="accent" onClick={onCreate}>
          Create a tag
        </Button>
      }
    >
      <p>
        Tags say what artifacts are about, across groups. Those in the frontmatter of a file show up
        here by themselves; here they get a colour and a description.
      </p>
      <p className="mt-3">
        <Command>skillmeat tag create Backend</Command>
      </p>
    </Empty>
  );
}

const WIDTHS = ["w-32", "w-48", "w-24", "w-40", "w-36", "w-28"];

function Loading() {
  return (
    <Skeletons>
      {WIDTHS.map((width) => (
        <div key={width} className="flex h-11 items-center gap-3 border-b border-line px-4">
          <Skeleton className="size-4 rounded-full" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </Skeletons>
  );
}
