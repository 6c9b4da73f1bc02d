import { openChangeLog } from "./change-log.ts";
import { requireCollection } from "./commit.ts";
import type { CacheTransaction } from "./open.ts";

/**
 * Runs what may change anything that is curated in a collection, and logs what it did as one change that
 * can be undone. For what is rare, since all groups, definitions, artifacts and their tags are read before
 * and after it; a mutation that knows what it touches tells the log of `mutate`. `dirty_rev` is the
 * work's own concern.
 * @param dir the collection's directory name
 * @param action the procedure, such as `sync.pull`
 * @param summary what was done, as a person reads it; a function where that is known only afterwards
 * @returns what `work` returns, and the change's id; null where nothing curated was changed
 */
export async function logAll<T>(
  tx: CacheTransaction,
  dir: string,
  action: string,
  summary: string | ((result: T) => string),
  work: () => Promise<T>,
): Promise<{ result: T; change: number | null }> {
  const { log, record } = openChangeLog(tx, await requireCollection(tx, dir));
  await log.all();
  const result = await work();
  log.summary(typeof summary === "string" ? summary : summary(result));
  return { result, change: await record(action) };
}
