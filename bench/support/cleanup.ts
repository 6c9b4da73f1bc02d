const undone = new Set<() => void>();

process.on("exit", () => {
  // What came last stands on what came before: a server on its home.
  for (const undo of [...undone].toReversed()) undo();
});

/**
 * Sees to it that something is undone at the end of the process, whatever ends it, unless that was done before.
 * @returns what does it now
 */
export function undoAtExit(undo: () => void): () => void {
  undone.add(undo);
  return () => {
    undone.delete(undo);
    undo();
  };
}
