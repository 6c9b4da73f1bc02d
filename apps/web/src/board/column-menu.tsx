import { ArrowLeft, ArrowRight, Copy, Palette, Pencil, Trash2 } from "lucide-react";
import { useCollections, type Artifact, type Group } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { announce } from "../ui/announce.tsx";
import { MenuItem, MenuSeparator, SubMenu } from "../ui/menu.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { UNGROUPED } from "./cards.ts";
import { copyGroup, deleteGroup, placeGroup } from "./group-changes.ts";
import { placeAmongAll } from "./place-columns.ts";

/** What can be done with a group. */
export function ColumnMenu({
  group,
  index,
}: {
  readonly group: Group;
  readonly index: ReadonlyMap<string, Artifact>;
}) {
  const board = useBoard();
  const { columns } = board.model.current;
  const { data } = useCollections();
  const others = data?.items.filter(({ name }) => name !== board.collection) ?? [];
  const at = columns.indexOf(group.id);
  const last = columns.length - 2;
  const moveTo = (place: number) => {
    const position = placeAmongAll(board, group.id, place);
    void placeGroup(group, position);
    announce(`${visibleText(group.name)}, place ${place + 1} of ${last + 1}`);
    focusPlace(board, { column: group.id, key: null });
  };
  const remove = () => {
    const next = columns[at + 1] === UNGROUPED ? columns[at - 1] : columns[at + 1];
    focusPlace(board, { column: next ?? UNGROUPED, key: null });
    void deleteGroup(group, index);
  };
  return (
    <>
      <MenuItem onSelect={() => board.renaming.set(group.id)}>
        <Pencil />
        Rename
      </MenuItem>
      <MenuItem onSelect={() => board.dialog.set({ kind: "group", group })}>
        <Palette />
        Description, colour, icon…
      </MenuItem>
      <MenuSeparator />
      <MenuItem disabled={at <= 0} onSelect={() => moveTo(at - 1)}>
        <ArrowLeft />
        Move left
      </MenuItem>
      <MenuItem disabled={at >= last} onSelect={() => moveTo(at + 1)}>
        <ArrowRight />
        Move right
      </MenuItem>
      {others.length > 0 ? (
        <SubMenu
          label={
            <>
              <Copy />
              Copy to a collection
            </>
          }
        >
          {others.map(({ name, displayName }) => (
            <MenuItem key={name} onSelect={() => void copyGroup(group, name)}>
              <bdi>{visibleText(displayName)}</bdi>
              {displayName !== name && <span className="text-xs text-ink-faint">{name}</span>}
            </MenuItem>
          ))}
        </SubMenu>
      ) : (
        <MenuItem disabled onSelect={() => {}}>
          <Copy />
          Copy to a collection (there is no other)
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem danger onSelect={remove}>
        <Trash2 />
        Delete the group
      </MenuItem>
    </>
  );
}
