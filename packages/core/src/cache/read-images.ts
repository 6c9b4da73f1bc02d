import { sql } from "kysely";
import { artifactRowsNamed } from "./artifacts.ts";
import type { ArtifactImage, GroupImage, TagImage } from "./change-images.ts";
import { chunksOf } from "./chunks.ts";
import { compiledOnce, listed, type Placeholders } from "./compiled.ts";
import { groupRows } from "./groups.ts";
import { readMembers } from "./members.ts";
import type { CacheDb } from "./open.ts";
import type { ArtifactRow, GroupRow } from "./tables.ts";
import { definedOnly, tagRows } from "./tags.ts";

/** Some groups as they are now, in order; those that are not there are left out. */
export async function groupImages(
  db: CacheDb,
  collectionId: number,
  ids: readonly string[],
): Promise<GroupImage[]> {
  if (ids.length === 0) return [];
  const { rows } = await groupsById(db, { collectionId, ids: JSON.stringify(ids) });
  const members = await readMembers(db, collectionId, ids);
  return rows.map((row) => groupImage(row, members, row.position));
}

/** Some groups as they are now, without their members, which stay. */
export async function fieldsImages(
  db: CacheDb,
  collectionId: number,
  ids: readonly string[],
): Promise<GroupImage[]> {
  if (ids.length === 0) return [];
  const { rows } = await groupsById(db, { collectionId, ids: JSON.stringify(ids) });
  return rows.map(fieldsImage);
}

/** A group as its row says, without its members. */
export function fieldsImage(row: GroupRow): GroupImage {
  const { id, name, description, color, icon, position } = row;
  return { id, name, description, color, icon, members: null, place: position };
}

const groupsById = compiledOnce(
  (db, { collectionId, ids }: Placeholders<{ collectionId: number; ids: string }>) =>
    db
      .selectFrom("groups")
      .selectAll()
      .where("id", "in", listed(ids))
      // Without the plus SQLite goes through all groups of the collection.
      .where(sql`+collection_id`, "=", collectionId)
      .orderBy("position")
      .compile(),
);

/** All groups as they are now, in order. */
export async function allGroupImages(db: CacheDb, collectionId: number): Promise<GroupImage[]> {
  const members = await readMembers(db, collectionId);
  const rows = await groupRows(db, collectionId);
  return rows.map((row, place) => groupImage(row, members, place));
}

function groupImage(
  row: GroupRow,
  members: Awaited<ReturnType<typeof readMembers>>,
  place: number,
): GroupImage {
  const { id, name, description, color, icon } = row;
  const images = (members.get(id) ?? []).map(({ ref, artifactId }) => {
    return { ref, artifact: artifactId };
  });
  return { id, name, description, color, icon, members: images, place };
}

/** The ids of a collection's groups, in order. */
export async function groupOrder(db: CacheDb, collectionId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("groups")
    .select("id")
    .where("collection_id", "=", collectionId)
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** The tag definitions as they are now, in order. */
export async function tagImages(db: CacheDb, collectionId: number): Promise<TagImage[]> {
  const rows = definedOnly(await tagRows(db, collectionId));
  return rows.map(({ id, name, slug, color, description }, place) => {
    return { id, name, slug, color, description, place };
  });
}

/**
 * Some artifacts as they are now; those that are not there are left out.
 * @param ids each `type:name`
 */
export async function artifactImages(
  db: CacheDb,
  collectionId: number,
  ids: readonly string[],
): Promise<ArtifactImage[]> {
  if (ids.length === 0) return [];
  const wanted = new Set(ids);
  const names = ids.map((id) => id.slice(id.indexOf(":") + 1));
  const rows = await artifactRowsNamed(db, collectionId, names);
  return imagesOf(
    db,
    rows.filter((row) => wanted.has(idOf(row))),
  );
}

/** All artifacts as they are now. */
export async function allArtifactImages(
  db: CacheDb,
  collectionId: number,
): Promise<ArtifactImage[]> {
  const rows = await db
    .selectFrom("artifacts")
    .selectAll()
    .where("collection_id", "=", collectionId)
    .orderBy("id")
    .execute();
  return imagesOf(db, rows);
}

async function imagesOf(db: CacheDb, rows: readonly ArtifactRow[]): Promise<ArtifactImage[]> {
  const words = [];
  for (const chunk of chunksOf(rows.map(({ id }) => id))) {
    const some = await db
      .selectFrom("artifact_tags")
      .select(["artifact_id", "slug", "word"])
      .where("artifact_id", "in", chunk)
      .where("origin", "=", "manifest")
      .orderBy("artifact_id")
      .orderBy("position")
      .execute();
    words.push(...some);
  }
  const wordsOf = Map.groupBy(words, (word) => word.artifact_id);
  return rows.map((row) => ({
    artifact: idOf(row),
    path: row.path,
    missing: row.missing === 1,
    inManifest: row.in_manifest === 1,
    tags: (wordsOf.get(row.id) ?? []).map(({ slug, word }) => ({ slug, word })),
  }));
}

function idOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type}:${name}`;
}
