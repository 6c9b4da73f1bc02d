import { lazy, Suspense } from "react";
import type { Artifact } from "../api/queries.ts";
import { useStore } from "../api/store.ts";
import { focusPlace, useBoard } from "./board-state.ts";

const PlaceMenu = lazy(async () => ({ default: (await import("./place-menu.tsx")).PlaceMenu }));
const MissingDialog = lazy(async () => ({
  default: (await import("./missing-dialog.tsx")).MissingDialog,
}));
const MoveDialog = lazy(async () => ({ default: (await import("./move-dialog.tsx")).MoveDialog }));
const GroupDialog = lazy(async () => ({
  default: (await import("./group-dialog.tsx")).GroupDialog,
}));

/** The menu or the dialog that is open on the board; one for all cards and columns. */
export function BoardMenus({ index }: { readonly index: ReadonlyMap<string, Artifact> }) {
  const board = useBoard();
  const menu = useStore(board.menu);
  return (
    <>
      <Suspense>
        {menu !== null && (
          <PlaceMenu key={`${menu.column} ${menu.key}`} menu={menu} index={index} />
        )}
      </Suspense>
      <BoardDialog index={index} />
    </>
  );
}

function BoardDialog({ index }: { readonly index: ReadonlyMap<string, Artifact> }) {
  const board = useBoard();
  const dialog = useStore(board.dialog);
  if (dialog === null) return null;
  const close = () => {
    board.dialog.set(null);
    // Once it has gone, and where nothing else took the focus.
    requestAnimationFrame(() => {
      const active = board.active.get();
      if (document.activeElement === document.body && active !== null) focusPlace(board, active);
    });
  };
  return (
    <Suspense>
      {dialog.kind === "move" && <MoveDialog {...dialog} index={index} onClose={close} />}
      {dialog.kind === "group" && <GroupDialog group={dialog.group} onClose={close} />}
      {dialog.kind === "missing" && (
        <MissingDialog card={dialog.card} index={index} onClose={close} />
      )}
    </Suspense>
  );
}
