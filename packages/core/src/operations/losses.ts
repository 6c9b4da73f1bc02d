import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import type { LossRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import type { CollectionsInput, Loss, ResolveInput } from "../schema/sync.ts";

/**
 * The values that lost where cache and manifest differed, and that nobody marked as seen; the newest
 * first, of one collection or of all.
 * @throws SkillmeatError `not-found`
 */
export async function listLosses(
  cache: Cache,
  { collection }: CollectionsInput,
): Promise<{ items: Loss[] }> {
  let query = cache.db
    .selectFrom("losses")
    .innerJoin("collections", "collections.id", "losses.collection_id")
    .selectAll("losses")
    .select("collections.dir")
    .orderBy("losses.id", "desc");
  if (collection !== undefined) {
    const { id } = await requireCollection(cache.db, collection);
    query = query.where("collection_id", "=", id);
  }
  return { items: (await query.execute()).map(toLoss) };
}

function toLoss({ dir, ...row }: LossRow & { dir: string }): Loss {
  const { id, at, side, kind, name, field, kept, lost, backup } = row;
  return { id, collection: dir, at, side, kind, name, field, kept, lost, backup };
}

/**
 * Marks losses as seen, so that they are listed no more: those named, else all of the collection, else
 * all.
 * @returns those that were
 * @throws SkillmeatError `not-found` where one that is named is not listed
 */
export async function resolveLosses(
  cache: Cache,
  { collection, ids }: ResolveInput,
): Promise<{ resolved: Loss[] }> {
  const { items } = await listLosses(cache, { collection });
  const known = new Set(items.map(({ id }) => id));
  const unknown = (ids ?? []).find((id) => !known.has(id));
  if (unknown !== undefined) {
    const message = `There is no loss ${unknown} to be seen`;
    throw new SkillmeatError("not-found", message, "skillmeat sync resolve");
  }
  const wanted = new Set(ids ?? known);
  await cache.transaction(async (tx) => {
    for (const id of wanted) await tx.deleteFrom("losses").where("id", "=", id).execute();
  });
  return { resolved: items.filter(({ id }) => wanted.has(id)) };
}
