import { chunksOf } from "../cache/chunks.ts";
import { insertMany } from "../cache/insert-many.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { ArtifactRow, ArtifactTagsTable, CollectionRow } from "../cache/tables.ts";
import { createTagMatcher } from "../cache/tag-words.ts";
import { definedOnly, ensureTags, pruneTags, tagRows } from "../cache/tags.ts";
import { scanArtifacts, type PlaceOfRow, type ScannedArtifact } from "../artifacts/scan.ts";
import { createWitness, type Evidence } from "../artifacts/witness.ts";
import type { ArtifactDefinition } from "../schema/artifact.ts";
import { nameKey } from "../schema/text.ts";
import type { TouchedEntity } from "../schema/history.ts";
import type { Problem } from "../schema/sync.ts";
import { rowIdentity, type OwnedArtifact, type OwnedRows } from "./owned-rows.ts";
import { mergeTags, tagsOf } from "./row-tags.ts";

/** What a scan of a collection's folder did to the cache. */
export interface FolderScan {
  readonly found: number;
  readonly added: number;
  readonly removed: number;
  /** What came, changed or went. */
  readonly touched: readonly TouchedEntity[];
  readonly problems: readonly Problem[];
  /** The rows of the file that are artifacts, for the base. */
  readonly owned: readonly OwnedArtifact[];
  /** By what it is known that the files have not changed since, or null. */
  readonly evidence: Evidence | null;
}

type StoredTag = Pick<ArtifactTagsTable, "origin" | "slug" | "word">;
type Stored = Omit<ArtifactRow, "id" | "collection_id">;

/**
 * Brings the cache's artifacts up to date with the folders and the rows of `[[artifacts]]`. What was
 * changed here and is not in the file yet stays: a tag put on or taken off, an artifact added or removed.
 * An artifact whose folder cannot be read just now stays as it was.
 * @param root the collection's folder
 * @param rows the manifest's rows, or null where the manifest cannot be read: then those of the cache stand
 * @param placeOf where a row stands in the manifest, for reports
 */
export async function scanFolders(
  tx: CacheTransaction,
  collection: CollectionRow,
  root: string,
  rows: readonly ArtifactDefinition[] | null,
  base: OwnedRows,
  placeOf?: PlaceOfRow,
): Promise<FolderScan> {
  const before = await tx
    .selectFrom("artifacts")
    .selectAll()
    .where("collection_id", "=", collection.id)
    .execute();
  const cached = new Map(before.map((row) => [keyOf(row), row]));
  const tags = await storedTags(tx, collection.id);
  const witness = createWitness();
  const named = rows ?? before.filter(hasRow).map(rowOfCache);
  const scan = scanArtifacts(root, named, placeOf, witness);
  const match = createTagMatcher(definedOnly(await tagRows(tx, collection.id)));
  const ofBase = new Map(base.artifacts.map((owned) => [owned.artifact, owned]));
  const unsaved = collection.dirty_rev > collection.written_rev;

  const isUnread = ({ path, missing }: ArtifactRow) =>
    missing === 0 &&
    scan.unread.some((place) => place === "" || path === place || path.startsWith(`${place}/`));

  const owned: OwnedArtifact[] = [];
  const kept = new Set<string>();
  const writes: { key: string; stored: Stored; tags: readonly StoredTag[] }[] = [];
  for (const found of scan.artifacts) {
    const key = keyOf(found);
    const inCache = cached.get(key);
    const known = ofBase.get(key);
    const inFile = rows !== null && found.row !== null;
    const removedHere = unsaved && known !== undefined && inCache === undefined;
    if (inFile && found.row !== null) {
      owned.push({ artifact: key, row: rowIdentity(found.row), tags: found.row.tags });
    }
    if (removedHere && found.missing) continue;
    kept.add(key);
    const own = new Map((tags.get(inCache?.id ?? 0) ?? []).flatMap(ofManifest));
    const merged =
      rows === null || removedHere
        ? own
        : mergeTags(tagsOf(known?.tags ?? [], match), own, tagsOf(found.row?.tags ?? [], match));
    const addedHere = inCache?.in_manifest === 1 && known === undefined;
    const keepsRow = rows === null ? inCache?.in_manifest === 1 : inFile || addedHere;
    const hasOwnRow = (keepsRow && !removedHere) || merged.size > 0;
    const isAsItWas = found.missing && inCache !== undefined && isUnread(inCache);
    writes.push({
      key,
      stored: isAsItWas
        ? { ...storedRow(inCache), in_manifest: Number(hasOwnRow) }
        : storedOf(found, hasOwnRow),
      tags: [
        ...(isAsItWas
          ? (tags.get(inCache.id) ?? []).filter((tag) => tag.origin === "frontmatter")
          : frontmatterTags(found, match)),
        ...manifestTags(merged),
      ],
    });
  }

  const unseen = before.filter((row) => !kept.has(keyOf(row)) && !isUnread(row));
  const isAddedHere = (row: ArtifactRow) =>
    row.in_manifest === 1 && !ofBase.has(keyOf(row)) && unsaved;
  const vanished = unseen.filter((row) => isAddedHere(row) && row.missing === 0);
  for (const chunk of chunksOf(vanished.map((row) => row.id))) {
    await tx.updateTable("artifacts").set({ missing: 1 }).where("id", "in", chunk).execute();
  }
  const gone = unseen.filter((row) => !isAddedHere(row));
  for (const chunk of chunksOf(gone.map((row) => row.id))) {
    await tx.deleteFrom("artifacts").where("id", "in", chunk).execute();
  }
  const fresh = writes.filter(({ key }) => !cached.has(key));
  const firstId = await nextArtifactId(tx);
  await insertMany(
    tx,
    "artifacts",
    fresh.map(({ stored }, index) => ({
      id: firstId + index,
      collection_id: collection.id,
      ...stored,
    })),
  );
  await insertMany(
    tx,
    "artifact_tags",
    fresh.flatMap(({ tags: own }, index) => tagRowsOf(firstId + index, own)),
  );
  const changed: Stored[] = [];
  for (const { key, stored, tags: wanted } of writes) {
    const row = cached.get(key);
    if (row === undefined) continue;
    const isSame = sameStored(row, stored);
    const isTaggedTheSame = sameTags(tags.get(row.id) ?? [], wanted);
    if (!isSame || !isTaggedTheSame) changed.push(stored);
    if (!isSame) {
      await tx.updateTable("artifacts").set(stored).where("id", "=", row.id).execute();
    }
    if (!isTaggedTheSame) {
      await tx.deleteFrom("artifact_tags").where("artifact_id", "=", row.id).execute();
      await insertMany(tx, "artifact_tags", tagRowsOf(row.id, wanted));
    }
  }
  await ensureTags(tx, collection.id);
  await pruneTags(tx, collection.id);
  return {
    found: scan.artifacts.length,
    added: fresh.length,
    removed: gone.length,
    touched: [
      ...gone.map((row) => touched(row, "removed")),
      ...fresh.map(({ stored }) => touched(stored, "added")),
      ...[...changed, ...vanished].map((stored) => touched(stored, "changed")),
    ],
    problems: scan.problems,
    owned,
    evidence: witness.seal(),
  };
}

function touched(
  artifact: Pick<Stored, "type" | "name">,
  change: TouchedEntity["change"],
): TouchedEntity {
  return { kind: "artifact", id: keyOf(artifact), name: artifact.name, change };
}

function keyOf(artifact: { type: string; name: string }): string {
  return `${artifact.type}:${artifact.name}`;
}

function hasRow(row: ArtifactRow): boolean {
  return row.in_manifest === 1;
}

function rowOfCache(row: ArtifactRow): ArtifactDefinition {
  const { name, type, path, title, description } = row;
  return { name, type, path: path === "" ? null : path, title, description, tags: [] };
}

async function storedTags(
  tx: CacheTransaction,
  collectionId: number,
): Promise<Map<number, StoredTag[]>> {
  const rows = await tx
    .selectFrom("artifact_tags")
    .innerJoin("artifacts", "artifacts.id", "artifact_tags.artifact_id")
    .select(["artifact_id", "origin", "slug", "word"])
    .where("artifacts.collection_id", "=", collectionId)
    .orderBy("origin")
    .orderBy("position")
    .execute();
  return Map.groupBy(rows, (row) => row.artifact_id);
}

function ofManifest(tag: StoredTag): [string, string][] {
  return tag.origin === "manifest" ? [[tag.slug, tag.word]] : [];
}

function storedRow(row: ArtifactRow): Stored {
  const { id: _, collection_id: _c, ...stored } = row;
  return stored;
}

function storedOf(found: ScannedArtifact, inManifest: boolean): Stored {
  const { type, name, title, description, path, missing } = found;
  return {
    type,
    name,
    name_key: nameKey(name),
    title,
    description,
    path,
    missing: Number(missing),
    in_manifest: Number(inManifest),
  };
}

function frontmatterTags(found: ScannedArtifact, match: (word: string) => string): StoredTag[] {
  const words = new Set(found.frontmatterTags.filter((word) => word.trim() !== ""));
  return [...words].map((word) => ({ origin: "frontmatter", slug: match(word), word }));
}

function manifestTags(tags: ReadonlyMap<string, string>): StoredTag[] {
  return [...tags].map(([slug, word]) => ({ origin: "manifest", slug, word }));
}

function tagRowsOf(artifactId: number, tags: readonly StoredTag[]): ArtifactTagsTable[] {
  return tags.map((tag, position) => ({ ...tag, artifact_id: artifactId, position }));
}

/** The id that SQLite would give; the transaction has the write lock, so that nobody else takes it. */
async function nextArtifactId(tx: CacheTransaction): Promise<number> {
  const { last } = await tx
    .selectFrom("artifacts")
    .select((eb) => eb.fn.max<number | null>("id").as("last"))
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

function sameStored(row: ArtifactRow, stored: Stored): boolean {
  return Object.entries(stored).every(([key, value]) => Reflect.get(row, key) === value);
}

function sameTags(a: readonly StoredTag[], b: readonly StoredTag[]): boolean {
  return (
    a.length === b.length &&
    a.every((tag, index) => {
      const other = b[index];
      return other?.origin === tag.origin && other.slug === tag.slug && other.word === tag.word;
    })
  );
}
