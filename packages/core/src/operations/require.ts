import { artifactKeys, loadResolver } from "../cache/artifact-keys.ts";
import { findGroup, groupRows } from "../cache/groups.ts";
import type { CacheDb } from "../cache/open.ts";
import type { CollectionRow, GroupRow, TagRow } from "../cache/tables.ts";
import { matchTagRow } from "../cache/tags.ts";
import type { SkillmeatError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { notFound, quoted } from "./suggest.ts";

/**
 * The row of the group with this id or of this name, ignoring case.
 * @throws SkillmeatError `not-found`, with the nearest name
 */
export async function requireGroup(
  db: CacheDb,
  collection: CollectionRow,
  ref: string,
): Promise<GroupRow> {
  const row = await findGroup(db, collection.id, ref);
  if (row !== undefined) return row;
  throw noGroup(await groupRows(db, collection.id), ref, collection);
}

/** The error for a group that none of these rows is. */
export function noGroup(
  rows: readonly GroupRow[],
  ref: string,
  collection: CollectionRow,
): SkillmeatError {
  const names = rows.map((row) => row.name);
  return notFound(`group ${quoted(ref)}`, collection.dir, nearest(ref, names), "group list");
}

/**
 * The row of the tag with this slug, or of this name, ignoring case.
 * @throws SkillmeatError `not-found`, with the nearest slug
 */
export function requireTag(
  rows: readonly TagRow[],
  ref: string,
  collection: CollectionRow,
): TagRow {
  const row = matchTagRow(rows, ref);
  if (row !== undefined) return row;
  const known = rows.flatMap((other) => [other.slug, other.name]);
  throw notFound(`tag ${quoted(ref)}`, collection.dir, nearest(ref, known), "tag list");
}

/**
 * The row id of the artifact that a reference means.
 * @throws SkillmeatError `not-found`, with the nearest name
 */
export async function requireArtifact(
  db: CacheDb,
  collection: CollectionRow,
  ref: string,
): Promise<number> {
  const [id = 0] = await requireArtifacts(db, collection, [ref]);
  return id;
}

/**
 * The row ids of the artifacts that references mean, each once, in their order.
 * @throws SkillmeatError `not-found` for the first that none answers to, with the nearest name
 */
export async function requireArtifacts(
  db: CacheDb,
  collection: CollectionRow,
  refs: readonly string[],
): Promise<number[]> {
  const resolver = await loadResolver(db, collection.id, refs);
  const ids = new Set<number>();
  for (const ref of refs) {
    const artifact = resolver.resolve(ref.trim());
    if (artifact === null) throw await noArtifact(db, collection, ref);
    ids.add(artifact.id);
  }
  return [...ids];
}

async function noArtifact(
  db: CacheDb,
  collection: CollectionRow,
  ref: string,
): Promise<SkillmeatError> {
  const keys = await artifactKeys(db, collection.id);
  const known = keys.flatMap((key) => [key.name, `${key.type}:${key.name}`]);
  return notFound(`artifact ${quoted(ref)}`, collection.dir, nearest(ref, known), "artifact list");
}
