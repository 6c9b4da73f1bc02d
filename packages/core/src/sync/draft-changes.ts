import { loadResolver } from "../cache/artifact-keys.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { StaleRow } from "../cache/stale-rows.ts";
import type { CollectionRow } from "../cache/tables.ts";
import { createTagMatcher } from "../cache/tag-words.ts";
import { definedOnly, tagRows } from "../cache/tags.ts";
import { applyEdits } from "../manifest/edits.ts";
import type { ChangedPieces, PieceChange } from "../manifest/piece-list.ts";
import { readManifest, type Manifest } from "../manifest/read.ts";
import { editUpdated } from "../manifest/updated.ts";
import { changeOfRows } from "./base.ts";
import { isThere, joinRows, readChangedRows, type SomeRows } from "./changed-rows.ts";
import { lastRowsWithout, type LastRows } from "./last-rows.ts";
import { rowIdentity, type OwnedRows } from "./owned-rows.ts";
import { newOrder } from "./row-order.ts";
import { readPiece, remakePiece, type Meanings } from "./remake-piece.ts";
import { readReturningTexts, rowKeyText, type RemovedRow, type RowKey } from "./removed-rows.ts";
import type { BaseKey, RowsChange } from "./stored-rows.ts";
import { rewordedRows, type WrittenText } from "./written-text.ts";

/** A write of what changed since the last one. */
export interface ChangesDraft {
  readonly row: CollectionRow;
  readonly revision: number;
  /** Null where the text stays as it is. */
  readonly changed: ChangedPieces | null;
  readonly hash: string;
  /** What changes in the base. */
  readonly base: RowsChange;
  readonly removed: readonly RemovedRow[];
  /** What is to be kept once it is written. */
  readonly written: WrittenText;
}

/** So many rows are re-made one by one; with more the whole text is made. */
const MANY = 500;

/**
 * Drafts the text that equals the cache by making anew the pieces of the rows that changed. It comes to the
 * same text as a splice of the whole, or to none.
 * @param setsUpdated whether `[collection].updated` tells of the change
 * @returns null where the whole text has to be looked at
 */
export async function draftChanges(
  tx: CacheTransaction,
  row: CollectionRow,
  written: WrittenText,
  stale: readonly StaleRow[],
  setsUpdated: boolean,
): Promise<ChangesDraft | null> {
  const keys = withLastRows(written, stale.filter(isOfRow));
  if (row.given_name !== null || keys.length > MANY || mayMeanOthers(written, stale)) return null;
  if ((await readReturningTexts(tx, row.id)).size > 0) return null;
  const rows = await readChangedRows(tx, row.id, keys);
  const order = await newOrder(tx, row.id, written, rows, stale);
  const jobs = order === null ? null : planJobs(written, keys, rows);
  if (order === null || jobs === null) return null;
  const now = new Date();
  const plan = await remakePieces(tx, row.id, written, jobs, now);
  if (plan === null) return null;
  const changes = plan.changes.filter(
    ({ at, pieces }) => pieces.length !== 1 || pieces[0]?.text !== written.pieces.text(at),
  );
  const draft = {
    row,
    revision: row.dirty_rev,
    base: await changeOfRows(tx, row.id, plan.owned, plan.gone),
    removed: plan.removed,
    written: {
      ...written,
      order,
      last: { ...written.last, ...plan.last },
      reworded: rewordedNow(written, jobs, plan.owned),
    },
  };
  if (changes.length === 0) return { ...draft, changed: null, hash: written.pieces.hash };
  const all = setsUpdated ? withUpdated(written, changes, now) : changes;
  if (all === null) return null;
  const changed = written.pieces.change(all.toSorted((a, b) => a.at - b.at));
  return { ...draft, changed, hash: changed.hash };
}

/** Whether a row that was not changed may have to be written otherwise since its words came to mean others. */
function mayMeanOthers({ reworded }: WrittenText, stale: readonly StaleRow[]): boolean {
  const kinds = new Set(stale.map(({ kind }) => kind));
  return [...reworded].some((key) =>
    key.startsWith("group ") ? kinds.has("artifact") : kinds.has("tag"),
  );
}

function isOfRow(stale: StaleRow): stale is StaleRow & RowKey {
  return stale.kind === "group" || stale.kind === "tag" || stale.kind === "artifact";
}

/** A new row is written with the one that it comes behind. */
function withLastRows({ pieces, last }: WrittenText, keys: readonly RowKey[]): RowKey[] {
  const ends = keys.flatMap((key) => {
    const end = pieces.find(rowKeyText(key)) === -1 ? last[key.kind] : null;
    return end === null ? [] : [end];
  });
  return [...new Map([...ends, ...keys].map((key) => [rowKeyText(key), key])).values()];
}

/** A piece that is to be made anew, and the rows that it is to hold. */
interface Job {
  readonly own: RowKey;
  readonly at: number;
  readonly rows: SomeRows;
  /** The keys of those rows. */
  readonly keys: readonly RowKey[];
}

/** @returns null where a row has no piece of its own, or no place where it could come to */
function planJobs(
  written: WrittenText,
  keys: readonly RowKey[],
  rows: ReadonlyMap<string, SomeRows>,
): Job[] | null {
  const { pieces, scattered, last, order, hasPositions } = written;
  const jobs = new Map<string, Job>();
  const fresh: { key: RowKey; rows: SomeRows }[] = [];
  const byText = new Map(keys.map((key) => [rowKeyText(key), key]));
  for (const [text, own] of rows) {
    const key = byText.get(text);
    if (key === undefined || scattered.has(text)) return null;
    const at = pieces.find(text);
    if (at === -1) {
      if (isThere(own)) fresh.push({ key, rows: own });
      continue;
    }
    const goes = !isThere(own);
    if (goes && key.kind === "group" && !hasPositions) return null;
    jobs.set(text, { own: key, at, rows: own, keys: goes ? [] : [key] });
  }
  for (const { key, rows: own } of fresh) {
    const end = last[key.kind];
    // Its position follows on that of the row before it, which has to be the last in order, too.
    if (key.kind === "group" && order.group.at(-1) !== end?.key) return null;
    const job = end === null ? undefined : jobs.get(rowKeyText(end));
    if (job === undefined || job.keys.length === 0) return null;
    jobs.set(rowKeyText(job.own), {
      ...job,
      rows: joinRows([job.rows, own]),
      keys: [...job.keys, key],
    });
  }
  return [...jobs.values()];
}

function rewordedNow({ reworded }: WrittenText, jobs: readonly Job[], owned: OwnedRows) {
  const left = new Set(reworded);
  for (const { own, keys } of jobs) for (const key of [own, ...keys]) left.delete(rowKeyText(key));
  return new Set([...left, ...rewordedRows(owned, joinRows(jobs.map(({ rows }) => rows)))]);
}

interface PiecesPlan {
  readonly changes: readonly PieceChange[];
  readonly owned: OwnedRows;
  readonly gone: readonly BaseKey[];
  readonly removed: readonly RemovedRow[];
  readonly last: LastRows["last"];
}

async function remakePieces(
  tx: CacheTransaction,
  collectionId: number,
  written: WrittenText,
  jobs: readonly Job[],
  now: Date,
): Promise<PiecesPlan | null> {
  const { pieces, newline } = written;
  const changes: PieceChange[] = [];
  const owned: OwnedRows[] = [];
  const gone: BaseKey[] = [];
  const removed: RemovedRow[] = [];
  const places = new Set(jobs.map(({ at }) => at));
  const going = jobs.filter(({ keys }) => keys.length === 0);
  const ends = lastRowsWithout(written, going, (at) => places.has(at));
  if (ends === null) return null;
  if (ends.change !== null) changes.push(ends.change);
  const last = { ...ends.last };
  const read: { job: Job; manifest: Manifest }[] = [];
  for (const job of jobs) {
    const manifest = readPiece(pieces.text(job.at), newline);
    if (manifest === null) return null;
    read.push({ job, manifest });
  }
  const meanings = await readMeanings(tx, collectionId, read);
  for (const { job, manifest } of read) {
    const { own, at, rows, keys } = job;
    const remade = remakePiece(manifest, own.key, rows, meanings, now);
    if (remade === null) return null;
    changes.push({
      at,
      pieces: remade.pieces.map((text, index) => {
        const key = keys[index];
        return { text, key: key === undefined ? null : rowKeyText(key) };
      }),
    });
    owned.push(remade.owned);
    removed.push(...remade.removed);
    const [artifact] = manifest.artifacts;
    const key = artifact === undefined ? own.key : rowIdentity(artifact.definition);
    if (keys.length === 0) gone.push({ kind: own.kind, key });
    const end = keys.at(-1);
    if (keys.length > 1 && end !== undefined) last[own.kind] = end;
  }
  return { changes, owned: joinOwned(owned), gone, removed, last };
}

function joinOwned(all: readonly OwnedRows[]): OwnedRows {
  return {
    groups: all.flatMap(({ groups }) => groups),
    tags: all.flatMap(({ tags }) => tags),
    artifacts: all.flatMap(({ artifacts }) => artifacts),
  };
}

/** What the references and words mean that stand in some pieces, or are to. */
async function readMeanings(
  tx: CacheTransaction,
  collectionId: number,
  read: readonly { readonly job: Job; readonly manifest: Manifest }[],
): Promise<Meanings> {
  const refs = read.flatMap(({ job, manifest }) => [
    ...manifest.groups.flatMap(({ definition }) => definition.members),
    ...job.rows.groups.flatMap(({ members }) => members.map(({ ref }) => ref)),
  ]);
  const resolver = await loadResolver(tx, collectionId, [...new Set(refs)]);
  const hasArtifacts = read.some(({ job }) => job.rows.artifacts.length > 0);
  if (!hasArtifacts) return { resolver, match: (word) => word };
  const definitions = definedOnly(await tagRows(tx, collectionId));
  return { resolver, match: createTagMatcher(definitions) };
}

/** The piece that tells when the manifest was updated tells of this moment. */
function withUpdated(
  { pieces, updated }: WrittenText,
  changes: readonly PieceChange[],
  now: Date,
): readonly PieceChange[] | null {
  if (updated === null) return changes;
  const at = pieces.find(updated);
  // It may be one of those that change.
  if (at === -1 || changes.some((change) => change.at === at)) return null;
  const reading = readManifest(pieces.text(at));
  const place = "manifest" in reading ? reading.manifest.updated : null;
  if ("unreadable" in reading || place === null) return null;
  const { text, newline } = reading.manifest;
  const edited = applyEdits(text, [editUpdated(text, place, now, newline)]);
  return [...changes, { at, pieces: [{ text: edited, key: pieces.key(at) }] }];
}
