import { z } from "zod";
import {
  artifactPage,
  readArtifact,
  readArtifacts,
  type ArtifactPlace,
} from "../cache/artifacts.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache, CacheDb } from "../cache/open.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import type { ArtifactRow, CollectionRow } from "../cache/tables.ts";
import { tagRows } from "../cache/tags.ts";
import { SkillmeatError } from "../errors.ts";
import type { Artifact, ArtifactGetInput, ArtifactListInput } from "../schema/artifact.ts";
import { requireArtifact, requireGroup, requireTag } from "./require.ts";
import { commandHint, quoted } from "./suggest.ts";

/**
 * A page of a collection's artifacts, by name, then type.
 * @throws SkillmeatError `not-found` where the tag or the group asked for is not there;
 * `invalid-input` for a cursor that no list gave
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
      search: input.search ?? null,
    };
    const after = input.cursor === undefined ? null : readCursor(input.cursor, collection);
    const page = await artifactPage(db, collection.id, filter, after, input.limit);
    const last = page.rows.at(-1);
    return {
      items: await readArtifacts(db, page.rows),
      nextCursor: page.more && last !== undefined ? writeCursor(last) : null,
    };
  });
}

async function slugToList(
  db: CacheDb,
  collection: CollectionRow,
  tag: string | undefined,
): Promise<string | null> {
  if (tag === undefined) return null;
  return requireTag(await tagRows(db, collection.id), tag, collection).slug;
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

const placeSchema = z.tuple([z.string(), z.string(), z.string()]);

function writeCursor(row: ArtifactRow): string {
  const place: ArtifactPlace = [row.name_key, row.type, row.name];
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

function readCursor(cursor: string, collection: CollectionRow): ArtifactPlace {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (error) {
    throw new SkillmeatError(
      "invalid-input",
      `The cursor ${quoted(cursor)} is not one that a list of artifacts gave`,
      `Begin again without a cursor: ${commandHint(collection.dir, "artifact list")}`,
      { cause: error },
    );
  }
}
