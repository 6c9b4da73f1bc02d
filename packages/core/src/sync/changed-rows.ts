import { sql } from "kysely";
import { compiledOnce, listed, type Placeholders } from "../cache/compiled.ts";
import type { CacheTransaction } from "../cache/open.ts";
import { nameKey } from "../schema/text.ts";
import type { CacheArtifact, CacheGroup, CacheRows, CacheTag } from "./cache-rows.ts";
import { rowKeyText, type RowKey } from "./removed-rows.ts";

/** Rows of any section. */
export type SomeRows = Pick<CacheRows, "groups" | "tags" | "artifacts">;

const NO_ROWS_AT_ALL: SomeRows = { groups: [], tags: [], artifacts: [] };

/**
 * Reads the rows that are named, such as a manifest is to hold.
 * @returns by {@link rowKeyText}, each alone; first those that are there, in the order of the manifest, and
 *   then without any row those that are not
 */
export async function readChangedRows(
  tx: CacheTransaction,
  collectionId: number,
  keys: readonly RowKey[],
): Promise<Map<string, SomeRows>> {
  const idsOf = (kind: RowKey["kind"]) =>
    keys.flatMap((row) => (row.kind === kind ? [row.key] : []));
  const found = new Map<string, SomeRows>();
  const add = (kind: RowKey["kind"], key: string, row: Partial<SomeRows>) =>
    found.set(rowKeyText({ kind, key }), { ...NO_ROWS_AT_ALL, ...row });
  const artifacts = await readArtifacts(tx, collectionId, idsOf("artifact"));
  for (const row of artifacts) add("artifact", `${row.type}:${row.name}`, { artifacts: [row] });
  const tags = await readTags(tx, collectionId, idsOf("tag"));
  for (const row of tags) add("tag", String(row.id), { tags: [row] });
  const groups = await readGroups(tx, collectionId, idsOf("group"));
  for (const row of groups) add("group", row.id, { groups: [row] });
  for (const { kind, key } of keys) if (!found.has(rowKeyText({ kind, key }))) add(kind, key, {});
  return found;
}

/** Whether there is a row at all. */
export function isThere({ groups, tags, artifacts }: SomeRows): boolean {
  return groups.length + tags.length + artifacts.length > 0;
}

/** Some rows behind others. */
export function joinRows(all: readonly SomeRows[]): SomeRows {
  return {
    groups: all.flatMap(({ groups }) => groups),
    tags: all.flatMap(({ tags }) => tags),
    artifacts: all.flatMap(({ artifacts }) => artifacts),
  };
}

async function readGroups(
  tx: CacheTransaction,
  collectionId: number,
  ids: readonly string[],
): Promise<CacheGroup[]> {
  if (ids.length === 0) return [];
  const list = { ids: JSON.stringify(ids) };
  const { rows: groups } = await groupsById(tx, { collectionId, ...list });
  const { rows: members } = await membersById(tx, list);
  const membersOf = Map.groupBy(members, (member) => member.group_id);
  return groups.map((group) => ({
    ...group,
    members: (membersOf.get(group.id) ?? []).map(({ ref, artifact_id }) => {
      return { ref, artifactId: artifact_id };
    }),
  }));
}

const groupsById = compiledOnce(
  (db, { collectionId, ids }: Placeholders<{ collectionId: number; ids: string }>) =>
    db
      .selectFrom("groups")
      .select(["id", "name", "description", "color", "icon"])
      .where("id", "in", listed(ids))
      // Without the plus SQLite goes through all groups of the collection.
      .where(sql`+collection_id`, "=", collectionId)
      .orderBy("position")
      .orderBy("id")
      .compile(),
);

const membersById = compiledOnce((db, { ids }: Placeholders<{ ids: string }>) =>
  db
    .selectFrom("group_members")
    .select(["group_id", "ref", "artifact_id"])
    .where("group_id", "in", listed(ids))
    .orderBy("group_id")
    .orderBy("position")
    .compile(),
);

async function readTags(
  tx: CacheTransaction,
  collectionId: number,
  ids: readonly string[],
): Promise<CacheTag[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom("tags")
    .select(["id", "name", "slug", "color", "description"])
    .where("collection_id", "=", collectionId)
    .where("defined", "=", 1)
    .where("id", "in", ids.map(Number))
    .orderBy("position")
    .orderBy("id")
    .execute();
}

async function readArtifacts(
  tx: CacheTransaction,
  collectionId: number,
  ids: readonly string[],
): Promise<CacheArtifact[]> {
  if (ids.length === 0) return [];
  const names = ids.map((id) => id.slice(id.indexOf(":") + 1));
  const wanted = new Set(ids);
  const rows = await tx
    .selectFrom("artifacts")
    .select(["id", "type", "name", "path"])
    .where("collection_id", "=", collectionId)
    .where("in_manifest", "=", 1)
    .where("name_key", "in", [...new Set(names.map(nameKey))])
    .orderBy("id")
    .execute();
  const own = rows.filter(({ type, name }) => wanted.has(`${type}:${name}`));
  const words = await tx
    .selectFrom("artifact_tags")
    .select(["artifact_id", "slug", "word"])
    .where(
      "artifact_id",
      "in",
      own.map(({ id }) => id),
    )
    .where("origin", "=", "manifest")
    .orderBy("artifact_id")
    .orderBy("position")
    .execute();
  const wordsOf = Map.groupBy(words, (word) => word.artifact_id);
  return own.map((row) => ({
    ...row,
    inManifest: true,
    tags: (wordsOf.get(row.id) ?? []).map(({ slug, word }) => ({ slug, word })),
  }));
}
