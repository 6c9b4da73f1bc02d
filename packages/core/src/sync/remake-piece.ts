import type { DesiredManifest } from "../manifest/desired-manifest.ts";
import type { Resolver } from "../manifest/members.ts";
import { splitPieces } from "../manifest/pieces.ts";
import { readManifest, type Manifest } from "../manifest/read.ts";
import { spliceManifest } from "../manifest/splice.ts";
import { isThere, type SomeRows } from "./changed-rows.ts";
import { planArtifacts, planGroups, planTags } from "./desired.ts";
import { rowIdentity, type OwnedRows } from "./owned-rows.ts";
import type { RemovedRow } from "./removed-rows.ts";

/** What the cache says of references and of words. */
export interface Meanings {
  readonly resolver: Resolver;
  readonly match: (word: string) => string;
}

/** What a piece becomes: as many pieces as it holds rows then, and the base's rows of them. */
export interface RemadePiece {
  readonly pieces: readonly string[];
  readonly owned: OwnedRows;
  /** The row that goes, as it stood. */
  readonly removed: readonly RemovedRow[];
}

const NONE_RETURNS = new Map<string, string>();

/** Reads a piece as a manifest of its own; null where it cannot be, or does not hold just one row. */
export function readPiece(text: string, newline: Manifest["newline"]): Manifest | null {
  const reading = readManifest(text);
  if ("unreadable" in reading || reading.manifest.problems.length > 0) return null;
  const { artifacts, tags, groups } = reading.manifest;
  return artifacts.length + tags.length + groups.length === 1
    ? { ...reading.manifest, newline }
    : null;
}

/**
 * Makes a piece anew by the same rules as the whole text: it is planned and spliced as a manifest of its own.
 * @param id the group's or tag's id, or the `type:name`, of the row that the piece holds
 * @param rows that row as it is now, where it stays, and new ones of its section that come behind it
 * @param now the moment for new artifacts' `added`
 * @returns null where that cannot be done with the piece alone
 */
export function remakePiece(
  manifest: Manifest,
  id: string,
  rows: SomeRows,
  { resolver, match }: Meanings,
  now: Date,
): RemadePiece | null {
  const count = rows.groups.length + rows.tags.length + rows.artifacts.length;
  // The position of a new group follows on that of the one before it.
  const hasPosition = manifest.groups.every(({ filePosition }) => filePosition !== null);
  if (count > 1 && !hasPosition) return null;
  const base = baseOf(manifest, id);
  const returning = NONE_RETURNS;
  const groups = planGroups(manifest, { ...rows, resolver, returning }, base);
  const tags = planTags(manifest, { ...rows, returning }, base);
  const artifacts = planArtifacts(manifest, { ...rows, match, returning }, base);
  const result = {
    owned: { groups: groups.owned, tags: tags.owned, artifacts: artifacts.owned },
    removed: [...groups.removed, ...tags.removed, ...artifacts.removed],
  };
  if (!isThere(rows)) return isRowAlone(manifest) ? { ...result, pieces: [] } : null;
  const desired: DesiredManifest = {
    displayName: null,
    groups: groups.desired,
    tags: tags.desired,
    artifacts: artifacts.desired,
  };
  const pieces = splitPieces(spliceManifest(manifest, desired, now, false));
  // What stands before the first header is nothing: a piece begins with its own.
  const own = pieces[0] === "" ? pieces.slice(1) : pieces;
  return own.length === count && own.every((piece) => readPiece(piece, manifest.newline) !== null)
    ? { ...result, pieces: own }
    : null;
}

/** The base of a piece, which is known to be in it as it was written. */
function baseOf(manifest: Manifest, id: string): OwnedRows {
  return {
    groups: manifest.groups.map(({ definition }) => ({ ...definition, id })),
    tags: manifest.tags.map(({ definition }) => ({ ...definition, id: Number(id) })),
    artifacts: manifest.artifacts.map(({ definition }) => {
      return { artifact: id, row: rowIdentity(definition), tags: definition.tags };
    }),
  };
}

/** Whether nothing but the row, and blank lines behind it, is in its piece. */
function isRowAlone({ text, groups, tags, artifacts }: Manifest): boolean {
  const blocks = [...groups, ...tags, ...artifacts].flatMap(({ row }) => row.blocks);
  let rest = text;
  for (const { start, contentEnd } of blocks.toReversed()) {
    rest = rest.slice(0, start) + rest.slice(contentEnd);
  }
  return rest.trim() === "";
}
