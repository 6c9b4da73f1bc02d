import type { Cache } from "./open.ts";

/**
 * The same cache for one call alone, which wants to know of the change that it logs.
 * @param onChange is told of its id, once it is committed
 */
export function tellChanges(cache: Cache, onChange: (id: number) => void): Cache {
  return { ...cache, onChange };
}
