import { FolderInput, FolderX, Tag, X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { Artifact } from "../api/queries.ts";
import { useStore } from "../api/store.ts";
import { countOf } from "../artifacts/count-of.ts";
import { TagPicker } from "../artifacts/tag-picker.tsx";
import type { TagIndex } from "../artifacts/tag-mark.tsx";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { useBoard } from "./board-state.ts";
import { placeOfId, UNGROUPED } from "./cards.ts";
import { dropCards } from "./drop-cards.ts";
import { AT_END } from "./move-cards.ts";
import { clearSelection, selectedCards } from "./select-cards.ts";

/** What can be done with the cards that are selected. */
export function BoardSelection({
  index,
  tags,
}: {
  readonly index: ReadonlyMap<string, Artifact>;
  readonly tags: TagIndex;
}) {
  const board = useBoard();
  const { ids } = useStore(board.selection);
  // What is selected and has gone meanwhile does not count.
  const cards = selectedCards(board);
  const artifacts = useMemo(() => {
    const known = [...ids].flatMap((id) => index.get(placeOfId(id).key) ?? []);
    return [...new Map(known.map((artifact) => [artifact.id, artifact])).values()];
  }, [ids, index]);
  const count = cards.length;
  const spoken = useRef(0);
  useEffect(() => {
    if (count === spoken.current) return;
    spoken.current = count;
    announce(count === 0 ? "Nothing selected" : `${countOf(count, "artifact")} selected`);
  }, [count]);
  if (count === 0) return null;
  const what = countOf(count, "artifact");
  const grouped = cards.filter(({ column }) => column !== UNGROUPED);
  const takeOut = () => {
    clearSelection(board);
    const { collection } = board;
    void dropCards({ collection, cards: grouped, to: UNGROUPED, spot: AT_END, index });
  };
  return (
    <div
      role="group"
      aria-label="Selected artifacts"
      className="absolute inset-x-3 bottom-3 z-30 mx-auto flex max-w-xl items-center gap-1 rounded-xl border border-line bg-raised p-1.5 shadow-card"
    >
      <span className="flex-1 px-2 font-medium whitespace-nowrap tabular-nums">
        {count.toLocaleString("en")} selected
      </span>
      <Button
        className="px-2 @md:px-3"
        aria-label={`Move to…, ${what}`}
        onClick={() => board.dialog.set({ kind: "move", way: "move", cards })}
      >
        <FolderInput />
        <span className="hidden @md:inline">Move to…</span>
      </Button>
      <Button
        className="px-2 @md:px-3"
        disabled={grouped.length === 0}
        aria-label={`Take out ${what}`}
        onClick={takeOut}
      >
        <FolderX />
        <span className="hidden @md:inline">Take out</span>
      </Button>
      <TagPicker
        collection={board.collection}
        artifacts={artifacts}
        tags={tags}
        label={`Tag ${what}`}
        trigger={
          <Button className="px-2 @md:px-3">
            <Tag />
            <span className="hidden @md:inline">Tag…</span>
          </Button>
        }
      />
      <Button size="icon" aria-label="Select nothing" onClick={() => clearSelection(board)}>
        <X />
      </Button>
    </div>
  );
}
