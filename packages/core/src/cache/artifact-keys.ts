import { sql } from "kysely";
import { createResolver, type ArtifactKey, type Resolver } from "../manifest/members.ts";
import { nameKey } from "../schema/text.ts";
import { compiledOnce, listed, type Placeholders } from "./compiled.ts";
import type { CacheDb } from "./open.ts";

/** So many references are looked up by name; for more it is cheaper to load all artifacts. */
const FEW = 1_000;

/** The identities of all artifacts of a collection. */
export function artifactKeys(db: CacheDb, collectionId: number): Promise<ArtifactKey[]> {
  return db
    .selectFrom("artifacts")
    .select(["id", "type", "name"])
    .where("collection_id", "=", collectionId)
    .execute();
}

/** The resolver of a collection's artifacts, good for these references. */
export async function loadResolver(
  db: CacheDb,
  collectionId: number,
  refs: readonly string[],
): Promise<Resolver> {
  if (refs.length > FEW) return createResolver(await artifactKeys(db, collectionId));
  const names = [...new Set(refs.flatMap(namesIn))];
  const found = new Map<number, ArtifactKey>();
  const { rows } = await keysNamed(db, { collectionId, names: JSON.stringify(names) });
  for (const row of rows) found.set(row.id, row);
  const texts = [...refs, ...[...found.values()].map(({ name }) => name)];
  if (texts.some((text) => text.includes(":"))) {
    for (const row of await oneOfEachType(db, collectionId)) found.set(row.id, row);
  }
  return createResolver([...found.values()]);
}

const keysNamed = compiledOnce(
  (db, { collectionId, names }: Placeholders<{ collectionId: number; names: string }>) =>
    db
      .selectFrom("artifacts")
      .select(["id", "type", "name"])
      .where("collection_id", "=", collectionId)
      .where("name_key", "in", listed(names))
      .compile(),
);

/** The keys of the names that a reference may mean: with or without its type, with or without `.md`. */
function namesIn(ref: string): string[] {
  const names = [ref, ref.slice(ref.indexOf(":") + 1)];
  return names.flatMap((name) => [name, name.replace(/\.md$/i, "")]).map(nameKey);
}

/**
 * Lets the resolver know every type, since what stands before a colon is a type only if it is one. It goes from
 * type to type in the index; a `group by` would go through all artifacts.
 */
async function oneOfEachType(db: CacheDb, collectionId: number): Promise<ArtifactKey[]> {
  const { rows } = await sql<ArtifactKey>`
    with recursive types (type) as (
      select min(type) from artifacts where collection_id = ${collectionId}
      union all
      select (select min(type) from artifacts where collection_id = ${collectionId} and type > types.type)
      from types where types.type is not null
    )
    select (
      select id from artifacts where collection_id = ${collectionId} and type = types.type limit 1
    ) as id, type, (
      select name from artifacts where collection_id = ${collectionId} and type = types.type limit 1
    ) as name
    from types where type is not null`.execute(db);
  return rows;
}
