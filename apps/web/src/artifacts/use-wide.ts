import { useSyncExternalStore } from "react";

/** From here on a panel has room beside a list. */
const wide = matchMedia("(min-width: 64rem)");

function follow(listener: () => void): () => void {
  wide.addEventListener("change", listener);
  return () => wide.removeEventListener("change", listener);
}

/** Whether the screen is wide enough for a panel beside what it belongs to. */
export function useWide(): boolean {
  return useSyncExternalStore(follow, () => wide.matches);
}
