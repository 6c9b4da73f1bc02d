import type { Artifact } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Command } from "../ui/empty.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { UNGROUPED, type PlacedCard } from "./cards.ts";
import { dropCards } from "./drop-cards.ts";
import { AT_END } from "./move-cards.ts";
import { neighbour } from "./step.ts";

/** Says why a member is missing, and what can be done. */
export function MissingDialog({
  card,
  index,
  onClose,
}: {
  readonly card: PlacedCard;
  readonly index: ReadonlyMap<string, Artifact>;
  readonly onClose: () => void;
}) {
  const board = useBoard();
  const { collection } = board;
  const name = visibleText(card.ref);
  const group = visibleText(board.model.current.group(card.column)?.name ?? "");
  const refresh = () => {
    onClose();
    void import("../file/file-calls.ts").then((calls) => calls.refresh(collection));
  };
  const remove = () => {
    focusPlace(board, neighbour(board, [card], card));
    onClose();
    void dropCards({ collection, cards: [card], to: UNGROUPED, spot: AT_END, index });
  };
  return (
    <Dialog open onClose={onClose} title={<>“{name}” is missing</>}>
      <p>
        The group <b>{group}</b> names <b>{name}</b>, and no file in this collection answers to that
        name. It keeps its place, and comes back by itself once the file is there.
      </p>
      <ul className="mt-3 list-disc space-y-2 pl-5 text-ink-soft">
        <li>
          Was it moved or deleted? Put it back into its folder, such as{" "}
          <Command>{`skills/${name}/SKILL.md`}</Command>, then refresh.
        </li>
        <li>Was it renamed? Take this name out of the group, and put the new one in.</li>
      </ul>
      <DialogButtons>
        <Button look="outline" onClick={remove}>
          Take it out of the group
        </Button>
        <Button look="accent" onClick={refresh}>
          Refresh
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
