import { ChevronDown, ChevronUp, Trash2, X } from "lucide-react";
import type { Artifact } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { MissingMark } from "./artifact-row.tsx";
import { TypeIcon } from "./artifact-type.tsx";
import { saysMore } from "./says-more.ts";
import { visibleText } from "./visible-text.ts";

/** The head of an artifact's details: what it is called, and what can be done with it. */
export function PanelHead({
  titleId,
  id,
  artifact,
  onNext,
  onPrevious,
  onRemove,
  onClose,
}: {
  readonly titleId: string;
  readonly id: string;
  readonly artifact: Artifact | undefined;
  readonly onNext: (() => void) | undefined;
  readonly onPrevious: (() => void) | undefined;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}) {
  const [type = "", ...rest] = id.split(":");
  const name = visibleText(artifact?.name ?? rest.join(":"));
  const hasOthers = onNext !== undefined || onPrevious !== undefined;
  return (
    <div className="border-b border-line px-4 pt-2.5 pb-3">
      <div className="flex items-center gap-1 text-[0.8125rem] text-ink-faint">
        <TypeIcon type={type} className="size-4 shrink-0" />
        <span className="min-w-0 truncate pl-1">{visibleText(type)}</span>
        {artifact?.missing === true && <MissingMark />}
        <span className="flex-1" />
        {hasOthers && (
          <>
            <Tooltip text="Previous (k)">
              <Button
                size="small-icon"
                aria-label="Previous artifact"
                aria-keyshortcuts="k"
                disabled={onPrevious === undefined}
                onClick={onPrevious}
              >
                <ChevronUp />
              </Button>
            </Tooltip>
            <Tooltip text="Next (j)">
              <Button
                size="small-icon"
                aria-label="Next artifact"
                aria-keyshortcuts="j"
                disabled={onNext === undefined}
                onClick={onNext}
              >
                <ChevronDown />
              </Button>
            </Tooltip>
          </>
        )}
        <Tooltip text="Remove: its files go to the trash">
          <Button
            size="small-icon"
            aria-label={`Remove ${name}`}
            disabled={artifact === undefined}
            onClick={onRemove}
          >
            <Trash2 />
          </Button>
        </Tooltip>
        <Button size="small-icon" aria-label="Close" aria-keyshortcuts="Escape" onClick={onClose}>
          <X />
        </Button>
      </div>
      <h2
        id={titleId}
        className="mt-1 max-h-20 overflow-y-auto text-lg leading-snug font-semibold [overflow-wrap:anywhere]"
      >
        <bdi>{name}</bdi>
      </h2>
      {artifact !== undefined && saysMore(artifact.title, artifact.name) && (
        <p dir="auto" className="line-clamp-2 text-ink-soft [overflow-wrap:anywhere]">
          {visibleText(artifact.title)}
        </p>
      )}
    </div>
  );
}
