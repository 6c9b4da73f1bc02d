import { sql } from "kysely";
import type { Artifact, ArtifactSort } from "../schema/artifact.ts";
import { nameKey } from "../schema/text.ts";
import { chunksOf } from "./chunks.ts";
import type { CacheDb } from "./open.ts";
import { createSearch } from "./search.ts";
import type { ArtifactRow } from "./tables.ts";

/** Which artifacts are asked for; null is no condition. */
export interface ArtifactFilter {
  readonly type: string | null;
  readonly tagSlug: string | null;
  readonly groupId: string | null;
  /** Whether those alone are meant that are in no group. */
  readonly ungrouped: boolean;
  readonly search: string | null;
}

/** The columns that a list is sorted by. Each order ends in what makes an artifact's place its own. */
const ORDERS = {
  name: ["name_key", "type", "name"],
  type: ["type", "name_key", "name"],
} as const satisfies Record<ArtifactSort, unknown>;

/** The place of an artifact in a list, which stays whatever comes or goes before it. */
export type ArtifactPlace = readonly [string, string, string];

/** The place of a row in a list of this order. */
export function placeOf(row: ArtifactRow, sort: ArtifactSort): ArtifactPlace {
  const [first, second, third] = ORDERS[sort];
  return [row[first], row[second], row[third]];
}

/** Artifacts as they are shown; two statements for each 500 of them. */
export async function readArtifacts(
  db: CacheDb,
  rows: readonly ArtifactRow[],
): Promise<Artifact[]> {
  const labels = await readLabels(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => toArtifact(row, labels));
}

/** The artifact of a row that is there. */
export async function readArtifact(db: CacheDb, id: number): Promise<Artifact> {
  const row = await db
    .selectFrom("artifacts")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return toArtifact(row, await readLabels(db, [id]));
}

/** The tags and the groups of artifacts, by row id. */
interface Labels {
  readonly tags: ReadonlyMap<number, string[]>;
  readonly groups: ReadonlyMap<number, string[]>;
}

async function readLabels(db: CacheDb, artifactIds: readonly number[]): Promise<Labels> {
  const tags = new Map<number, string[]>();
  const groups = new Map<number, string[]>();
  for (const ids of chunksOf(artifactIds)) {
    const carried = await db
      .selectFrom("artifact_tags")
      .select(["artifact_id", "slug"])
      .where("artifact_id", "in", ids)
      .orderBy("origin")
      .orderBy("position")
      .execute();
    for (const { artifact_id, slug } of carried) addOnce(tags, artifact_id, slug);
    const memberships = await db
      .selectFrom("group_members")
      .innerJoin("groups", "groups.id", "group_members.group_id")
      .select(["artifact_id", "groups.name"])
      .where("artifact_id", "in", ids)
      .orderBy("groups.position")
      .execute();
    for (const { artifact_id, name } of memberships) {
      if (artifact_id !== null) addOnce(groups, artifact_id, name);
    }
  }
  return { tags, groups };
}

function toArtifact(row: ArtifactRow, labels: Labels): Artifact {
  return {
    id: `${row.type}:${row.name}`,
    type: row.type,
    name: row.name,
    title: row.title,
    description: row.description,
    tags: labels.tags.get(row.id) ?? [],
    groups: labels.groups.get(row.id) ?? [],
    path: row.path,
    missing: row.missing === 1,
  };
}

function addOnce(lists: Map<number, string[]>, id: number, item: string): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [item]);
  else if (!list.includes(item)) list.push(item);
}

/** The rows with these ids, by name, then type. */
export async function artifactRows(db: CacheDb, ids: readonly number[]): Promise<ArtifactRow[]> {
  const rows: ArtifactRow[] = [];
  for (const chunk of chunksOf(ids)) {
    const some = await db.selectFrom("artifacts").selectAll().where("id", "in", chunk).execute();
    rows.push(...some);
  }
  return rows.toSorted((a, b) => compare(a.name_key, b.name_key) || compare(a.type, b.type));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The rows of a collection's artifacts that bear any of these names, ignoring case. */
export async function artifactRowsNamed(
  db: CacheDb,
  collectionId: number,
  names: readonly string[],
): Promise<ArtifactRow[]> {
  const rows: ArtifactRow[] = [];
  for (const keys of chunksOf([...new Set(names.map(nameKey))])) {
    const some = await db
      .selectFrom("artifacts")
      .selectAll()
      .where("collection_id", "=", collectionId)
      .where("name_key", "in", keys)
      .execute();
    rows.push(...some);
  }
  return rows;
}

/**
 * A page of a collection's artifacts.
 * @param after the place after which the page begins; null for the first
 * @returns at most `limit` rows, and whether there are more
 */
export async function artifactPage(
  db: CacheDb,
  collectionId: number,
  filter: ArtifactFilter,
  sort: ArtifactSort,
  after: ArtifactPlace | null,
  limit: number,
): Promise<{ rows: ArtifactRow[]; more: boolean }> {
  const { type, tagSlug, groupId, ungrouped, search } = filter;
  const [first, second, third] = ORDERS[sort];
  const isNarrow = tagSlug !== null || groupId !== null;
  // SQLite would go through all artifacts by name, and not through the few that a tag or a group has.
  const collection = isNarrow ? sql<number>`+collection_id` : sql.ref<number>("collection_id");
  let query = db.selectFrom("artifacts").where(collection, "=", collectionId);
  if (type !== null) query = query.where("type", "=", type);
  if (tagSlug !== null) {
    query = query.where("id", "in", (eb) =>
      eb.selectFrom("artifact_tags").select("artifact_id").where("slug", "=", tagSlug),
    );
  }
  if (groupId !== null) {
    query = query.where("id", "in", (eb) =>
      eb
        .selectFrom("group_members")
        .select("artifact_id")
        .where("group_id", "=", groupId)
        .where("artifact_id", "is not", null)
        .$narrowType<{ artifact_id: number }>(),
    );
  }
  if (ungrouped) {
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("group_members")
            .select("group_id")
            .whereRef("group_members.artifact_id", "=", "artifacts.id"),
        ),
      ),
    );
  }
  query = beginAfter(query, after);
  if (search === null) {
    const page = query.selectAll().orderBy(first).orderBy(second).orderBy(third);
    const rows = await page.limit(limit + 1).execute();
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }
  const { condition, filter: keepFound } = await createSearch(db, collectionId, search);
  const likely = condition(isNarrow);
  if (likely !== null) query = query.where(likely);
  const found: ArtifactRow[] = [];
  // Nearly all that SQL takes for found is.
  let size = likely === null ? null : limit + 1;
  for (let last: ArtifactPlace | null = null; ;) {
    const page = beginAfter(query, last).selectAll().orderBy(first).orderBy(second).orderBy(third);
    const rows = await (size === null ? page : page.limit(size)).execute();
    found.push(...(await keepFound(rows)));
    const end = rows.at(-1);
    const isAll = size === null || rows.length < size;
    if (isAll || found.length > limit || end === undefined) break;
    last = placeOf(end, sort);
    size = size === null ? null : size * 4;
  }
  return { rows: found.slice(0, limit), more: found.length > limit };

  function beginAfter(from: typeof query, place: ArtifactPlace | null): typeof query {
    if (place === null) return from;
    return from.where(({ eb, refTuple, tuple }) =>
      eb(refTuple(first, second, third), ">", tuple(...place)),
    );
  }
}
