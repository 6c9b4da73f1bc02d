import { memo } from "react";
import type { Tag } from "../api/queries.ts";
import { ColorDot } from "../ui/color-dot.tsx";
import { TagChip } from "../ui/tag-chip.tsx";
import { visibleText } from "./visible-text.ts";

/** The tags of a collection by slug. */
export type TagIndex = ReadonlyMap<string, Tag>;

/** A tag's colour, as small as a text beside it. */
export function TagDot({ color }: { readonly color: string }) {
  return <ColorDot color={color} className="size-2" />;
}

/** The tags of an artifact, as many as a row has room for. */
export const TagMarks = memo(function TagMarks({
  slugs,
  tags,
  most,
}: {
  readonly slugs: readonly string[];
  readonly tags: TagIndex;
  readonly most: number;
}) {
  const shown = slugs.length > most ? slugs.slice(0, most - 1) : slugs;
  const rest = slugs.slice(shown.length);
  return (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {shown.map((slug) => (
        <TagChip
          key={slug}
          name={tags.get(slug)?.name ?? slug}
          color={tags.get(slug)?.color ?? ""}
          className="h-5 max-w-36 min-w-12 text-xs"
        />
      ))}
      {rest.length > 0 && (
        <span
          className="shrink-0 px-1 text-xs text-ink-faint"
          title={rest.map((slug) => visibleText(tags.get(slug)?.name ?? slug)).join(", ")}
        >
          +{rest.length}
        </span>
      )}
    </span>
  );
});
