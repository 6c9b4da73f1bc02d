import { z } from "zod";
import {
  artifactPage,
  placeOf,
  readArtifact,
  readArtifacts,
  type ArtifactPlace,
} from "../cache/artifacts.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache, CacheDb } from "../cache/open.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { findTagOfSlug, tagRows } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import {
  artifactSortSchema,
  type Artifact,
  type ArtifactGetInput,
  type ArtifactListInput,
  type ArtifactSort,
} from "../schema/artifact.ts";
import { requireArtifact, requireGroup, requireTag } from "./require.ts";
import { commandHint, quoted } from "./suggest.ts";

/**
 * A page of a collection's artifacts, by name, then type, or the other way round.
 * @throws SkillmeatError `not-found` where the tag or the group asked for is not there;
 * `invalid-input` for a cursor that no list in this order gave
 */
export function listArtifacts(
  cache: Cache,
  input: ArtifactListInput,
): Promise<{ items: Artifact[]; nextCursor: string | null }> {
  return readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    const filter = {
      type: input.type ?? null,
      tagSlug: await slugToList(db, collection, input.tag),
      groupId: await groupToList(db, collection, input.group),
      ungrouped: input.ungrouped ?? false,
      search: input.search ?? null,
    };
    const sort = input.sort ?? "name";
    const after = input.cursor === undefined ? null : readCursor(input.cursor, sort, collection);
    const page = await artifactPage(db, collection.id, filter, sort, after, input.limit);
    const last = page.rows.at(-1);
    return {
      items: await readArtifacts(db, page.rows),
      nextCursor: page.more && last !== undefined ? writeCursor(sort, placeOf(last, sort)) : null,
    };
  });
}

async function slugToList(
  db: CacheDb,
  collection: CollectionRow,
  tag: string | undefined,
): Promise<string | null> {
  if (tag === undefined) return null;
  const row = await findTagOfSlug(db, collection.id, tag);
  return (row ?? requireTag(await tagRows(db, collection.id), tag, collection)).slug;
}

async function groupToList(
  db: CacheDb,
  collection: CollectionRow,
  group: string | undefined,
): Promise<string | null> {
  if (group === undefined) return null;
  return (await requireGroup(db, collection, group)).id;
}

/**
 * One artifact, by `type:name` or its plain name, ignoring case.
 * @throws SkillmeatError `not-found`
 */
export function getArtifact(cache: Cache, input: ArtifactGetInput): Promise<Artifact> {
  return readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    return readArtifact(db, await requireArtifact(db, collection, input.id));
  });
}

const cursorSchema = z.object({
  sort: artifactSortSchema,
  after: z.tuple([z.string(), z.string(), z.string()]),
});

function writeCursor(sort: ArtifactSort, after: ArtifactPlace): string {
  return Buffer.from(JSON.stringify({ sort, after })).toString("base64url");
}

function readCursor(cursor: string, sort: ArtifactSort, collection: CollectionRow): ArtifactPlace {
  try {
    const read = cursorSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    if (read.sort !== sort) throw new Error(`It is of a list by ${read.sort}`);
    return read.after;
  } catch (error) {
    throw new SkillmeatError(
      "invalid-input",
      `The cursor ${quoted(cursor)} is not one that a list of artifacts by ${sort} gave`,
      `Begin again without a cursor: ${commandHint(collection.dir, "artifact list")}`,
      { cause: error },
    );
  }
}
