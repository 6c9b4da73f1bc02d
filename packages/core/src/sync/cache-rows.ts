import type { Transaction } from "kysely";
import type { GroupMemberRow, Tables } from "../cache/tables.ts";
import { createResolver, type ResolvedMember, type Resolver } from "../manifest/members.ts";
import { readReturningTexts, type ReturningTexts } from "./removed-rows.ts";

export type CacheMember = ResolvedMember;

export interface CacheGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  readonly members: readonly CacheMember[];
}

export interface CacheTag {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly color: string;
  readonly description: string;
}

/** An artifact, and the words of its row's tags. */
export interface CacheArtifact {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly path: string;
  readonly inManifest: boolean;
  readonly tags: readonly { readonly slug: string; readonly word: string }[];
}

/** Everything of a collection that its manifest is to hold: the snapshot. */
export interface CacheRows {
  /** The display name that was given here and is not in the manifest yet. */
  readonly givenName: string | null;
  /** In order. */
  readonly groups: readonly CacheGroup[];
  /** The defined ones, in order. */
  readonly tags: readonly CacheTag[];
  readonly artifacts: readonly CacheArtifact[];
  readonly resolver: Resolver;
  /** Rows that are to stand in the manifest again as they stood there. */
  readonly returning: ReturningTexts;
}

/** Reads the snapshot of one collection: seven statements, whatever its size. */
export async function readCacheRows(
  tx: Transaction<Tables>,
  collectionId: number,
): Promise<CacheRows> {
  const { given_name: givenName } = await tx
    .selectFrom("collections")
    .select("given_name")
    .where("id", "=", collectionId)
    .executeTakeFirstOrThrow();
  const groups = await tx
    .selectFrom("groups")
    .select(["id", "name", "description", "color", "icon"])
    .where("collection_id", "=", collectionId)
    .orderBy("position")
    .orderBy("id")
    .execute();
  const members = await tx
    .selectFrom("group_members")
    .select(["group_id", "ref", "artifact_id"])
    // Of a join SQLite would sort all members; these it reads in order.
    .where("group_id", "in", (eb) =>
      eb.selectFrom("groups").select("id").where("collection_id", "=", collectionId),
    )
    .orderBy("group_id")
    .orderBy("position")
    .execute();
  const tags = await tx
    .selectFrom("tags")
    .select(["id", "name", "slug", "color", "description"])
    .where("collection_id", "=", collectionId)
    .where("defined", "=", 1)
    .orderBy("position")
    .orderBy("id")
    .execute();
  const artifacts = await tx
    .selectFrom("artifacts")
    .select(["id", "type", "name", "path", "in_manifest"])
    .where("collection_id", "=", collectionId)
    .orderBy("id")
    .execute();
  const words = await tx
    .selectFrom("artifact_tags")
    .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
    .select(["artifact_id", "slug", "word"])
    .where("artifacts.collection_id", "=", collectionId)
    .where("origin", "=", "manifest")
    .orderBy("artifact_id")
    .orderBy("artifact_tags.position")
    .execute();

  const membersOf = groupBy(members, ({ group_id }) => group_id, toMember);
  const wordsOf = groupBy(words, ({ artifact_id }) => artifact_id, toWord);
  return {
    givenName,
    groups: groups.map(({ id, name, description, color, icon }) => ({
      id,
      name,
      description,
      color,
      icon,
      members: membersOf.get(id) ?? [],
    })),
    tags,
    artifacts: artifacts.map(({ id, type, name, path, in_manifest }) => ({
      id,
      type,
      name,
      path,
      inManifest: in_manifest === 1,
      tags: wordsOf.get(id) ?? [],
    })),
    resolver: createResolver(artifacts),
    returning: await readReturningTexts(tx, collectionId),
  };
}

function toMember({ ref, artifact_id }: Pick<GroupMemberRow, "ref" | "artifact_id">): CacheMember {
  return { ref, artifactId: artifact_id };
}

function toWord({ slug, word }: CacheArtifact["tags"][number]): CacheArtifact["tags"][number] {
  return { slug, word };
}

/** Rows that stand one behind the other by key, by that key: a list of all would be looked up for each of them. */
function groupBy<Row, Key, Item>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
  toItem: (row: Row) => Item,
): Map<Key, Item[]> {
  const lists = new Map<Key, Item[]>();
  let [last, list]: [Key | undefined, Item[]] = [undefined, []];
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== last) lists.set(key, (list = []));
    last = key;
    list.push(toItem(row));
  }
  return lists;
}
