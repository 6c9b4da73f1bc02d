import { CircleAlert } from "lucide-react";
import { memo } from "react";
import type { Artifact } from "../api/queries.ts";
import { classes } from "../ui/classes.ts";
import { TypeIcon } from "./artifact-type.tsx";
import { ItemCheckbox } from "./item-checkbox.tsx";
import { saysMore } from "./says-more.ts";
import { TagDot, TagMarks, type TagIndex } from "./tag-mark.tsx";
import { visibleText } from "./visible-text.ts";

/** The columns of the list; what is left out where there is no room is in the details. */
export const COLUMNS =
  "grid grid-cols-[2.5rem_minmax(0,1fr)] @xl:grid-cols-[2.5rem_minmax(0,1fr)_minmax(0,17rem)] @4xl:grid-cols-[2.5rem_minmax(0,1fr)_6rem_minmax(0,17rem)_minmax(0,13rem)] items-center";
export const FROM_MEDIUM = "hidden @xl:block";
export const FROM_WIDE = "hidden @4xl:block";

export interface ArtifactItemProps {
  readonly artifact: Artifact;
  readonly index: number;
  readonly tags: TagIndex;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  /** Whether its details are open. */
  readonly isOpen: boolean;
}

/** An artifact as a row of the list. */
export const ArtifactRow = memo(function ArtifactRow(props: ArtifactItemProps) {
  const { artifact, index, tags, isActive, isSelected, isOpen } = props;
  const name = visibleText(artifact.name);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      data-id={artifact.id}
      className={classes(
        COLUMNS,
        "group h-full cursor-pointer border-b border-line -outline-offset-2 hover:bg-sunken",
        isSelected && "bg-accent-soft hover:bg-accent-soft",
        isOpen && "bg-sunken shadow-[inset_3px_0_0_var(--accent)]",
      )}
    >
      <div role="gridcell" className="flex justify-center">
        <ItemCheckbox name={name} isSelected={isSelected} />
      </div>
      <div role="gridcell" className="flex min-w-0 items-center gap-2.5 pr-3">
        <TypeIcon
          type={artifact.type}
          className={classes("size-4 shrink-0", artifact.missing ? "text-warn" : "text-ink-faint")}
        />
        <div className="min-w-0 flex-1">
          <div className="flex min-w-0 items-center gap-2">
            <bdi className="truncate font-medium">{name}</bdi>
            <TitleBeside artifact={artifact} />
            {artifact.missing && <MissingMark />}
            <TagDots slugs={artifact.tags} tags={tags} />
          </div>
          <Description artifact={artifact} className="truncate" />
        </div>
      </div>
      <div role="gridcell" className={classes(FROM_WIDE, "truncate pr-3 text-ink-soft")}>
        {visibleText(artifact.type)}
      </div>
      <div role="gridcell" className={classes(FROM_MEDIUM, "min-w-0 pr-3")}>
        <TagMarks slugs={artifact.tags} tags={tags} most={3} />
      </div>
      <div role="gridcell" className={classes(FROM_WIDE, "truncate pr-3 text-ink-soft")}>
        <bdi>{artifact.groups.map(visibleText).join(", ")}</bdi>
      </div>
    </div>
  );
});

/** The title, where it says more than the name. */
function TitleBeside({ artifact: { name, title } }: { readonly artifact: Artifact }) {
  if (!saysMore(title, name)) return null;
  return (
    <bdi className="hidden min-w-0 truncate text-ink-faint @3xl:block">{visibleText(title)}</bdi>
  );
}

/** The colours of the tags, where there is no room for their names. */
function TagDots({ slugs, tags }: { readonly slugs: readonly string[]; readonly tags: TagIndex }) {
  return (
    <span aria-hidden className="ml-auto inline-flex shrink-0 gap-1 pl-1 @xl:hidden">
      {slugs.slice(0, 4).map((slug) => (
        <TagDot key={slug} color={tags.get(slug)?.color ?? ""} />
      ))}
    </span>
  );
}

/** What an artifact says of itself, or what is the matter with it. */
export function Description({
  artifact: { description, missing },
  className,
}: {
  readonly artifact: Artifact;
  readonly className: string;
}) {
  const text = missing && description === "" ? "No file answers to this name" : description;
  return (
    <p dir="auto" className={classes("text-[0.8125rem] text-ink-faint", className)}>
      {text === "" ? "\u00A0" : visibleText(text.slice(0, 300))}
    </p>
  );
}

/** Marks an artifact whose files are not there. */
export function MissingMark() {
  return (
    <span className="inline-flex shrink-0 items-center gap-1 rounded-full bg-warn-soft px-1.5 text-xs font-medium text-warn">
      <CircleAlert aria-hidden className="size-3" />
      missing
    </span>
  );
}
