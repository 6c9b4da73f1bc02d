import { compiledOnce, type Placeholders } from "../cache/compiled.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { StaleRow } from "../cache/stale-rows.ts";
import { isThere, type SomeRows } from "./changed-rows.ts";
import { rowKeyText } from "./removed-rows.ts";
import type { WrittenText } from "./written-text.ts";

/**
 * The order that groups and tags have now.
 * @returns null where it is not the old one with some gone and new ones at the end
 */
export async function newOrder(
  tx: CacheTransaction,
  collectionId: number,
  { order, pieces }: WrittenText,
  rows: ReadonlyMap<string, SomeRows>,
  stale: readonly StaleRow[],
): Promise<WrittenText["order"] | null> {
  const next = { ...order };
  for (const kind of ["group", "tag"] as const) {
    const isMoved = stale.some((row) => row.kind === "order" && row.key === `${kind}s`);
    const own = stale.filter((row) => row.kind === kind);
    const isThereNow = ({ key }: StaleRow) => {
      const found = rows.get(rowKeyText({ kind, key }));
      return found !== undefined && isThere(found);
    };
    const isHeld = ({ key }: StaleRow) => pieces.find(rowKeyText({ kind, key })) !== -1;
    const fresh = own.filter((row) => isThereNow(row) && !isHeld(row)).length;
    const gone = new Set(own.filter((row) => !isThereNow(row)).map(({ key }) => key));
    if (!isMoved && fresh === 0 && gone.size === 0) continue;
    const left = order[kind].filter((id) => !gone.has(id));
    // Where none was moved, the end tells where the new ones are.
    const from = isMoved ? 0 : Math.max(left.length - 1, 0);
    const end = await readOrder(tx, collectionId, kind, left.length + fresh - from);
    if (left.slice(from).some((id, at) => end[at] !== id)) return null;
    next[kind] = [...left.slice(0, from), ...end];
  }
  return next;
}

/** The ids of the last rows in order, so many of them. */
async function readOrder(
  tx: CacheTransaction,
  collectionId: number,
  kind: "group" | "tag",
  count: number,
): Promise<string[]> {
  const { rows } = await LAST_IN_ORDER[kind](tx, { collectionId, count });
  return rows.map(({ id }) => String(id)).toReversed();
}

const LAST_IN_ORDER = {
  group: compiledOnce(
    (db, { collectionId, count }: Placeholders<{ collectionId: number; count: number }>) =>
      db
        .selectFrom("groups")
        .select("id")
        .where("collection_id", "=", collectionId)
        .orderBy("position", "desc")
        .orderBy("id", "desc")
        .limit(count)
        .compile(),
  ),
  tag: compiledOnce(
    (db, { collectionId, count }: Placeholders<{ collectionId: number; count: number }>) =>
      db
        .selectFrom("tags")
        .select("id")
        .where("collection_id", "=", collectionId)
        .where("defined", "=", 1)
        .orderBy("position", "desc")
        .orderBy("name_key", "desc")
        .orderBy("slug", "desc")
        .limit(count)
        .compile(),
  ),
};
