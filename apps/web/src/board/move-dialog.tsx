import { Command } from "cmdk";
import { Inbox, Plus, Search } from "lucide-react";
import { useMemo, useState, type ComponentProps } from "react";
import type { Artifact, Group } from "../api/queries.ts";
import { matchItems, type PickerItem } from "../artifacts/match-items.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { announce } from "../ui/announce.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { UNGROUPED, type PlacedCard } from "./cards.ts";
import { calling, dropCards } from "./drop-cards.ts";
import { addGroup } from "./group-changes.ts";
import { GroupIcon } from "./group-icon.tsx";
import { AT_END } from "./move-cards.ts";
import { sayPlace } from "./say-place.ts";
import { clearSelection } from "./select-cards.ts";
import { neighbour } from "./step.ts";

const CREATE = "\0create";

/** Asks for the group that cards are moved or added to; what is typed and is no group yet can be created. */
export function MoveDialog({
  cards,
  way,
  index,
  onClose,
}: {
  readonly cards: readonly PlacedCard[];
  readonly way: "move" | "add";
  readonly index: ReadonlyMap<string, Artifact>;
  readonly onClose: () => void;
}) {
  const board = useBoard();
  const { collection } = board;
  const [query, setQuery] = useState("");
  const items = useMemo(() => itemsOf(board.model.current.groups, cards, way), [board, cards, way]);
  const { shown, more, canCreate } = matchItems(items, query);
  const name = query.trim();
  const isAdding = way === "add";

  const go = async (id: string) => {
    const to = id === CREATE ? await addGroup(collection, name) : id;
    if (to === null) return;
    const first = cards[0];
    if (!isAdding && first !== undefined) {
      focusPlace(board, neighbour(board, cards, first));
    }
    clearSelection(board);
    onClose();
    void dropCards({ collection, cards, to, spot: AT_END, index, isAdding, isTold: true });
    announce(sayPlace(board, cards, to));
  };
  const title = `${isAdding ? "Add" : "Move"} ${calling(cards)} to`;
  return (
    <Dialog open onClose={onClose} title={title} className="top-[12dvh] w-[26rem] translate-y-0">
      <Command
        shouldFilter={false}
        loop
        label="Find a group"
        className="-m-4 flex max-h-[min(28rem,70dvh)] flex-col"
      >
        <div className="flex items-center gap-2.5 border-b border-line px-4">
          <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <Command.Input
            autoFocus
            value={query}
            onValueChange={setQuery}
            placeholder="Find or create a group"
            className="h-11 min-w-0 flex-1 bg-transparent outline-none"
          />
        </div>
        <Command.List className="min-h-0 flex-1 overflow-y-auto p-2">
          <Command.Empty className="px-2 py-4 text-ink-soft">
            There are no groups yet; type a name to create one
          </Command.Empty>
          {shown.map((item) => (
            <Item key={item.id} value={item.id} onSelect={() => void go(item.id)}>
              {item.start}
              <bdi className="min-w-0 flex-1 truncate">{item.label}</bdi>
              <span className="text-xs text-ink-faint tabular-nums">{item.note}</span>
            </Item>
          ))}
          {more > 0 && (
            <p className="px-2 py-1.5 text-xs text-ink-faint">
              {more} more; type to narrow them down
            </p>
          )}
          {canCreate && (
            <Item value={CREATE} onSelect={() => void go(CREATE)}>
              <Plus className="size-4 text-accent" />
              <span className="truncate">Create the group “{name}”</span>
            </Item>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Item(props: ComponentProps<typeof Command.Item>) {
  return (
    <Command.Item
      {...props}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 select-none data-[selected=true]:bg-sunken"
    />
  );
}

function itemsOf(
  groups: readonly Group[],
  cards: readonly PlacedCard[],
  way: "move" | "add",
): PickerItem[] {
  const from = new Set(cards.map(({ column }) => column));
  const only = from.size === 1 ? [...from][0] : undefined;
  const items: PickerItem[] = groups
    .filter(({ id }) => id !== only)
    .map(({ id, name, icon, color, members }) => ({
      id,
      label: visibleText(name),
      note: String(members.length),
      start: <GroupIcon icon={icon} color={color} />,
    }));
  const canLeave = way === "move" && only !== UNGROUPED;
  if (canLeave) {
    items.push({
      id: UNGROUPED,
      label: "Ungrouped",
      note: "out of the group",
      start: <Inbox aria-hidden className="m-1 size-4 shrink-0 text-ink-faint" />,
    });
  }
  return items;
}
