import { useEffect } from "react";
import type { Group } from "../api/queries.ts";
import { useStore } from "../api/store.ts";
import { wantedGroup } from "../commands/wanted-group.ts";
import { focusPlace, type BoardState } from "./board-state.ts";

/** Goes to the group that a person asked for elsewhere, as soon as it is there. */
export function useWantedGroup(board: BoardState, groups: readonly Group[]): void {
  const wanted = useStore(wantedGroup);
  useEffect(() => {
    if (wanted === null || groups.every(({ id }) => id !== wanted)) return;
    wantedGroup.set(null);
    focusPlace(board, { column: wanted, key: null });
  }, [board, wanted, groups]);
}
