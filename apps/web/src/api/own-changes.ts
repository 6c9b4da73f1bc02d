import { createStore } from "./store.ts";

/** How many changes of this page are under way. */
export const underWay = createStore(0);

/** The changes that this page made, so that the news of them is none; the newest are enough. */
const own: string[] = [];
const KEPT = 500;

const waiting: (() => void)[] = [];

/** Notes a change that this page made. @param id as its reply says; null where nothing was changed */
export function noteOwnChange(collection: string, id: number | null): void {
  if (id === null) return;
  own.push(`${collection}:${id}`);
  if (own.length > KEPT) own.shift();
}

/** Whether this page made a change. */
export function isOwnChange(collection: string, id: number): boolean {
  return own.includes(`${collection}:${id}`);
}

/** Runs something once no change of this page is under way. */
export function afterOwnChanges(work: () => void): void {
  if (underWay.get() === 0) work();
  else waiting.push(work);
}

/** Counts a change while it is under way. */
export async function whileUnderWay<T>(work: () => Promise<T>): Promise<T> {
  underWay.change((count) => count + 1);
  try {
    return await work();
  } finally {
    underWay.change((count) => count - 1);
    if (underWay.get() === 0) for (const each of waiting.splice(0)) each();
  }
}
