import { dataVersion, takeStaleRows, trackStaleRows, type StaleRow } from "../cache/stale-rows.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { createPieceList, type PieceList } from "../manifest/piece-list.ts";
import type { Manifest } from "../manifest/read.ts";
import type { RowSource } from "../manifest/rows.ts";
import type { Fingerprint } from "../manifest/store/read-file.ts";
import { nameKey } from "../schema/text.ts";
import type { SomeRows } from "./changed-rows.ts";
import { rowIdentity, type OwnedRows } from "./owned-rows.ts";
import { rowKeyText, type RowKey } from "./removed-rows.ts";

/** The sections, as their rows are told by. */
type RowKind = RowKey["kind"];

const PIECE = "\n[[";

/** The key of the piece in which `[collection].updated` stands, where that is no row's. */
const HEAD_KEY = "head";

/** The text of a manifest as this process wrote it last, and what of the cache it was made of. */
export interface WrittenText {
  readonly pieces: PieceList;
  readonly newline: Manifest["newline"];
  /** Rows of ours that have no piece of their own. */
  readonly scattered: ReadonlySet<string>;
  /** Rows that name artifacts or tags by other words than the cache does. */
  readonly reworded: ReadonlySet<string>;
  /** The key of the piece that tells when the manifest was updated; null where none does. */
  readonly updated: string | null;
  /** The last row of each section; null where no row can be put behind it. */
  readonly last: Readonly<Record<RowKind, RowKey | null>>;
  /** The ids of groups and tags in their order. */
  readonly order: { readonly group: readonly string[]; readonly tag: readonly string[] };
  /** Whether all groups say their position. */
  readonly hasPositions: boolean;
}

/**
 * Keeps the text that was written last of each collection, so that a write re-makes the rows that changed and
 * no others. It is kept here and nowhere else, and used only as long as the file is the one that was
 * written, the base is its own, and no other connection has committed anything since: see `take`.
 */
export interface WrittenTexts {
  /** What is kept of a collection's file; null where nothing is, or the file is another one by now. */
  peek(dir: string, fingerprint: Fingerprint): WrittenText | null;
  /**
   * Begins a write in the transaction that makes its snapshot: what is kept is taken out, and only a write
   * that comes about puts it back. Changes from now on are of the next write.
   * @returns null where every row may have changed
   */
  take(
    tx: CacheTransaction,
    row: CollectionRow,
    fingerprint: Fingerprint,
  ): Promise<{ readonly written: WrittenText; readonly stale: readonly StaleRow[] } | null>;
  /** Keeps what was written. */
  put(dir: string, fingerprint: Fingerprint, written: WrittenText | null): void;
}

interface Kept {
  readonly fingerprint: Fingerprint;
  readonly version: number;
  readonly written: WrittenText;
}

/** Keeps the texts of one cache. */
export function createWrittenTexts(): WrittenTexts {
  const kept = new Map<string, Kept>();
  /** Of the write that is under way: when its snapshot was made. */
  const versions = new Map<string, number>();
  const keyOf = (dir: string) => dir.toLowerCase();

  function peek(dir: string, fingerprint: Fingerprint): WrittenText | null {
    const own = kept.get(keyOf(dir));
    return own?.fingerprint === fingerprint ? own.written : null;
  }

  return {
    peek,
    async take(tx, row, fingerprint) {
      const key = keyOf(row.dir);
      const own = kept.get(key);
      kept.delete(key);
      // What is kept was written by a connection that keeps track already.
      if (own === undefined) await trackStaleRows(tx);
      const stale = await takeStaleRows(tx, row.id);
      const version = await dataVersion(tx);
      versions.set(key, version);
      const isOwn =
        own?.fingerprint === fingerprint &&
        own.version === version &&
        own.written.pieces.hash === row.base_hash;
      return isOwn ? { written: own.written, stale } : null;
    },
    put(dir, fingerprint, written) {
      const key = keyOf(dir);
      const version = versions.get(key);
      if (written === null || version === undefined) kept.delete(key);
      else kept.set(key, { fingerprint, version, written });
    },
  };
}

/**
 * What is to be kept of a text that was just written whole.
 * @param owned the rows that it holds
 * @param cached the rows of the cache, of which it was made
 * @returns null where it has a form in which a row is no stretch of the text
 */
export function writtenTextOf(
  manifest: Manifest,
  owned: OwnedRows,
  cached: SomeRows,
): WrittenText | null {
  const { text, newline, sections } = manifest;
  const isInline = Object.values(sections).some(({ form }) => form === "inline");
  const isNumbered = manifest.groups.some(
    ({ definition, fileName }) => definition.name !== fileName,
  );
  if (isInline || isNumbered) return null;

  const { keys, scattered } = rowKeys(manifest, owned);
  const starts = new Map([...keys].map(([row, key]) => [row.start, rowKeyText(key)]));
  const keyAt = (offset: number) => starts.get(offset) ?? (offset === 0 ? HEAD_KEY : null);
  const updated =
    manifest.updated === null ? null : keyAt(startOfPiece(text, manifest.updated.start));
  if (manifest.updated !== null && updated === null) return null;
  const lastOf = (rows: readonly RowSource[]) => {
    const last = rows.at(-1);
    const key = last === undefined ? undefined : keys.get(last);
    return key === undefined || scattered.has(rowKeyText(key)) ? null : key;
  };
  return {
    pieces: createPieceList(text, keyAt),
    newline,
    scattered,
    reworded: rewordedRows(owned, cached),
    updated,
    last: {
      group: lastOf(sections.groups.rows),
      tag: lastOf(sections.tags.rows),
      artifact: lastOf(sections.artifacts.rows),
    },
    order: {
      group: owned.groups.map(({ id }) => id),
      tag: owned.tags.map(({ id }) => String(id)),
    },
    hasPositions: manifest.groups.every(({ filePosition }) => filePosition !== null),
  };
}

/**
 * The keys of the rows whose words are others in the file than in the cache, though they mean the same: what
 * an artifact or a tag that comes or goes makes of one of them, it need not make of the other.
 */
export function rewordedRows(owned: OwnedRows, { groups, artifacts }: SomeRows): Set<string> {
  const reworded = new Set<string>();
  const compare = (key: RowKey, ours: readonly string[], theirs: readonly string[]) => {
    if (ours.join("\n") !== theirs.join("\n")) reworded.add(rowKeyText(key));
  };
  const refsOf = new Map(groups.map(({ id, members }) => [id, members.map(({ ref }) => ref)]));
  for (const { id, members } of owned.groups) {
    compare({ kind: "group", key: id }, members, refsOf.get(id) ?? []);
  }
  const wordsOf = new Map(
    artifacts.map(({ type, name, tags }) => [`${type}:${name}`, tags.map(({ word }) => word)]),
  );
  for (const { artifact, tags } of owned.artifacts) {
    compare({ kind: "artifact", key: artifact }, tags, wordsOf.get(artifact) ?? []);
  }
  return reworded;
}

/** Whose each row is, and the keys of those that cannot be re-made by themselves. */
function rowKeys(manifest: Manifest, owned: OwnedRows) {
  const groups = new Map(owned.groups.map(({ id, name }) => [nameKey(name), id]));
  const tags = new Map(owned.tags.map(({ id, slug }) => [slug, String(id)]));
  const artifacts = new Map(owned.artifacts.map(({ row, artifact }) => [row, artifact]));
  const keys = new Map<RowSource, RowKey>();
  const scattered = new Set<string>();
  const add = (kind: RowKind, row: RowSource, id: string | undefined, isAlone = true) => {
    if (id === undefined) return;
    const key = { kind, key: id };
    keys.set(row, key);
    if (!isAlone || !isOnePiece(manifest.text, row)) scattered.add(rowKeyText(key));
  };
  for (const { row, definition } of manifest.groups) {
    add("group", row, groups.get(nameKey(definition.name)));
  }
  for (const { row, definition, implied, doubles } of manifest.tags) {
    add("tag", row, tags.get(definition.slug), implied === null && doubles.length === 0);
  }
  for (const { row, definition } of manifest.artifacts) {
    add("artifact", row, artifacts.get(rowIdentity(definition)));
  }
  return { keys, scattered };
}

/** Whether a row, with its sub-tables, is a part of the piece that it begins. */
function isOnePiece(text: string, { blocks, start }: RowSource): boolean {
  const end = blocks.at(-1)?.contentEnd ?? start;
  return blocks.every((block) => block.start >= start) && startOfPiece(text, end) === start;
}

/** Where the piece begins that holds an offset. */
function startOfPiece(text: string, offset: number): number {
  return text.lastIndexOf(PIECE, offset - PIECE.length + 1) + 1;
}
