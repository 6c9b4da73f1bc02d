import { draggable } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview";
import { CircleAlert, Ellipsis } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import type { Artifact } from "../api/queries.ts";
import { countOf } from "../artifacts/count-of.ts";
import { TypeIcon } from "../artifacts/artifact-type.tsx";
import { TagMarks, type TagIndex } from "../artifacts/tag-mark.tsx";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { useBoard } from "./board-state.ts";
import { linesOf } from "./card-height.ts";
import { namesOf, type Card } from "./cards.ts";
import { startDrag } from "./use-dragging.ts";

export interface BoardCardProps {
  readonly card: Card;
  /** What is known of its artifact; undefined where none answers to it, or not yet. */
  readonly artifact: Artifact | undefined;
  readonly tags: TagIndex;
  readonly column: string;
  readonly columnName: string;
  /** Its place, counted from 0, among how many. */
  readonly place: number;
  readonly count: number;
  readonly top: number;
  readonly height: number;
  /** Whether the Tab key leads here, and then to its button. */
  readonly isTabbed: boolean;
  readonly isActive: boolean;
  /** Whether its details are open. */
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly isDragged: boolean;
  readonly isLifted: boolean;
}

/** An artifact on the board. */
export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { card, artifact, tags, column, columnName, place, count, top, height } = props;
  const { isTabbed, isActive, isOpen, isSelected, isDragged, isLifted } = props;
  const board = useBoard();
  const element = useRef<HTMLLIElement>(null);
  const names = namesOf(card);
  const name = visibleText(names.name);
  const isMissing = card.artifactId === null || artifact?.missing === true;
  const { text, hasTags } = linesOf(card, artifact);

  const { key } = card;
  useEffect(() => {
    if (element.current === null) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ cards: column }),
      onGenerateDragPreview({ nativeSetDragImage }) {
        const dragged = startDrag(board, { column, key });
        if (dragged < 2) return;
        setCustomNativeDragPreview({
          nativeSetDragImage,
          render({ container }) {
            const label = document.createElement("div");
            label.className =
              "rounded-lg border border-accent bg-raised px-3 py-2 text-sm font-medium text-ink";
            label.textContent = countOf(dragged, "artifact");
            container.append(label);
          },
        });
      },
    });
  }, [board, column, key]);

  const kind = names.type === "" ? "" : `${names.type}, `;
  const state = [isMissing && "missing", isSelected && "selected", isLifted && "lifted"]
    .filter((word) => word !== false)
    .map((word) => `, ${word}`)
    .join("");
  return (
    <li
      ref={element}
      data-key={card.key}
      tabIndex={isTabbed ? 0 : -1}
      aria-roledescription="card"
      aria-posinset={place + 1}
      aria-setsize={count}
      aria-label={`${name}, ${kind}place ${place + 1} of ${count} in ${visibleText(columnName)}${state}`}
      aria-describedby="board-keys"
      title={isMissing ? undefined : titleOf(artifact)}
      className={classes(
        "group absolute inset-x-0 flex [contain:strict] cursor-pointer flex-col rounded-lg border border-line bg-surface px-2.5 py-1.5 text-left shadow-[0_1px_2px_rgb(0_0_0/0.04)] -outline-offset-1 select-none hover:border-line-strong",
        isMissing && "border-dashed border-line-strong bg-transparent shadow-none",
        isOpen && "border-accent",
        isSelected && "border-accent bg-accent-soft",
        isLifted && "z-20 border-accent shadow-card ring-2 ring-accent",
        isDragged && "opacity-40",
      )}
      style={{ top, height }}
    >
      <span className="flex min-w-0 items-center gap-2">
        {isMissing ? (
          <CircleAlert aria-hidden className="size-4 shrink-0 text-warn" />
        ) : (
          <TypeIcon type={names.type} className="size-4 shrink-0 text-ink-faint" />
        )}
        <bdi className="min-w-0 flex-1 truncate leading-6 font-medium">{name}</bdi>
        {isMissing && <span className="shrink-0 text-xs font-medium text-warn">missing</span>}
        <Button
          data-menu
          size="small-icon"
          tabIndex={isActive ? 0 : -1}
          aria-label={`Menu of ${name}`}
          aria-haspopup="menu"
          className="-my-0.5 -mr-1.5 size-6 opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
        >
          <Ellipsis />
        </Button>
      </span>
      {text !== "" && (
        <span dir="auto" className="block truncate text-xs leading-[1.125rem] text-ink-faint">
          {visibleText(text.slice(0, 200))}
        </span>
      )}
      {hasTags && artifact !== undefined && (
        <span className="mt-1 block">
          <TagMarks slugs={artifact.tags} tags={tags} most={3} />
        </span>
      )}
    </li>
  );
});

function titleOf(artifact: Artifact | undefined): string | undefined {
  if (artifact === undefined) return undefined;
  const { title, description } = artifact;
  const text = [title, description].filter((part) => part !== "").join("\n");
  return text === "" ? undefined : text.slice(0, 500);
}
