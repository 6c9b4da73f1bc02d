import { useRef, useState } from "react";
import type { Group } from "../api/queries.ts";
import { Input } from "../ui/field.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { changeGroup } from "./group-changes.ts";

/** A group's name while it is edited: Enter keeps it, Esc does not. */
export function RenameGroup({ group }: { readonly group: Group }) {
  const board = useBoard();
  const [name, setName] = useState(group.name);
  const isOver = useRef(false);
  const end = (isKept: boolean, isByKey: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    board.renaming.set(null);
    const wanted = name.trim();
    if (isKept && wanted !== "" && wanted !== group.name) void changeGroup(group, { name: wanted });
    if (isByKey) focusPlace(board, { column: group.id, key: null });
  };
  return (
    <Input
      autoFocus
      aria-label="Name of the group"
      maxLength={255}
      className="-my-0.5 h-7 px-1.5 font-semibold"
      value={name}
      onChange={(event) => setName(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => end(true, false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") end(true, true);
        else if (event.key === "Escape") end(false, true);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
