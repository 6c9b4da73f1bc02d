import { FileText, Plus, X } from "lucide-react";
import type { Artifact } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { setTag } from "./tag-artifacts.ts";
import { TagDot, type TagIndex } from "./tag-mark.tsx";
import { TagPicker } from "./tag-picker.tsx";
import { visibleText } from "./visible-text.ts";

/** The tags of an artifact: those that are ours can be taken off, those in its file are marked. */
export function PanelTags({
  collection,
  artifact,
  tags,
  inFile,
  file,
}: {
  readonly collection: string;
  readonly artifact: Artifact;
  readonly tags: TagIndex;
  /** Those that its own file holds. */
  readonly inFile: ReadonlySet<string>;
  readonly file: string;
}) {
  return (
    <ul className="flex flex-wrap items-center gap-1.5">
      {artifact.tags.map((slug) => {
        const tag = tags.get(slug) ?? { slug, name: slug, color: "" };
        const name = visibleText(tag.name);
        return (
          <li
            key={slug}
            className="inline-flex h-7 max-w-full min-w-0 items-center rounded-full bg-sunken pl-2.5 text-[0.8125rem]"
          >
            <TagDot color={tag.color} />
            <bdi className="min-w-0 truncate pl-1.5">{name}</bdi>
            {inFile.has(slug) ? (
              <InFile name={name} file={file} />
            ) : (
              <Button
                className="size-7 rounded-full px-0"
                aria-label={`Take the tag ${name} off`}
                onClick={() => void setTag(collection, [artifact], tag, false)}
              >
                <X className="size-3.5!" />
              </Button>
            )}
          </li>
        );
      })}
      <li>
        <TagPicker
          collection={collection}
          artifacts={[artifact]}
          tags={tags}
          label="Tag this artifact"
          trigger={
            <Button size="small" className="text-ink-faint">
              <Plus />
              {artifact.tags.length === 0 && "Add a tag"}
            </Button>
          }
        />
      </li>
    </ul>
  );
}

/** Marks a tag that stands in the artifact's own file, and says why it stays. */
function InFile({ name, file }: { readonly name: string; readonly file: string }) {
  const why = `“${name}” stands in ${visibleText(file)}, which is never edited here`;
  return (
    <Tooltip text={why}>
      <Button className="size-7 rounded-full px-0 text-ink-faint" aria-label={why}>
        <FileText className="size-3.5!" />
      </Button>
    </Tooltip>
  );
}
