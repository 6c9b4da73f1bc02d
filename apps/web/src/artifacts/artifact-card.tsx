import { memo } from "react";
import { classes } from "../ui/classes.ts";
import { Description, MissingMark, type ArtifactItemProps } from "./artifact-row.tsx";
import { TypeIcon } from "./artifact-type.tsx";
import { ItemCheckbox } from "./item-checkbox.tsx";
import { TagMarks } from "./tag-mark.tsx";
import { visibleText } from "./visible-text.ts";

/** An artifact as a card of the grid. */
export const ArtifactCard = memo(function ArtifactCard(props: ArtifactItemProps) {
  const { artifact, index, tags, isActive, isSelected, isOpen } = props;
  const name = visibleText(artifact.name);
  return (
    <div
      role="gridcell"
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      data-id={artifact.id}
      className={classes(
        "group flex h-36 min-w-0 cursor-pointer flex-col rounded-lg border border-line bg-surface p-3 shadow-card hover:border-line-strong",
        artifact.missing && "border-dashed border-line-strong shadow-none",
        isOpen && "border-accent",
        isSelected && "border-accent bg-accent-soft",
      )}
    >
      <div className="flex min-w-0 items-center gap-2" title={visibleText(artifact.type)}>
        <TypeIcon
          type={artifact.type}
          className={classes("size-4 shrink-0", artifact.missing ? "text-warn" : "text-ink-faint")}
        />
        <span className="sr-only">{visibleText(artifact.type)}</span>
        <bdi className="min-w-0 flex-1 truncate font-medium">{name}</bdi>
        {artifact.missing && <MissingMark />}
        <ItemCheckbox name={name} isSelected={isSelected} className="-my-2 -mr-2" />
      </div>
      <Description artifact={artifact} className="mt-1 line-clamp-3 break-words" />
      <div className="mt-auto flex min-w-0 items-center gap-2 pt-2">
        <TagMarks slugs={artifact.tags} tags={tags} most={3} />
      </div>
    </div>
  );
});
