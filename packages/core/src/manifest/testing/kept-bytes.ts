import type { Manifest } from "../read.ts";
import type { RowSource } from "../rows.ts";
import type { DesiredManifest } from "../desired-manifest.ts";
import { parseToml } from "./oracle.ts";
import type { GeneratedDocument } from "./toml-document.ts";
import { SECTIONS, type SectionKey } from "./toml-model.ts";
import type { Piece } from "./toml-pieces.ts";

/** What a write was asked to do to the rows of a section. */
export interface SectionChange {
  /** By the row's place in the text: the fields that may get another value, or that it goes. */
  readonly rows: ReadonlyMap<number, "removed" | ReadonlySet<string>>;
  readonly added: number;
  readonly count: number;
  readonly isWritten: boolean;
}

export type Changes = Readonly<Record<SectionKey, SectionChange>>;

interface Pair {
  readonly from: { readonly row: RowSource; readonly definition: object } | null;
  readonly definition: object;
}

/** Compares what a manifest holds with what it is to hold. */
export function changesOf(manifest: Manifest, desired: DesiredManifest): Changes {
  const { sections } = manifest;
  const resaid = manifest.tags.filter(
    (tag) =>
      !desired.tags.some((row) => row.from === tag && row.definition.slug === tag.definition.slug),
  );
  const doubles = resaid.flatMap((tag) => tag.doubles);
  const tags = compare(sections.tags.rows, manifest.tags, desired.tags, doubles);
  const tagRows = new Map(tags.rows);
  for (const { row, implied } of manifest.tags) {
    const index = sections.tags.rows.indexOf(row);
    const old = tagRows.get(index);
    const isRenamed = old instanceof Set && (old.has("name") || old.has("slug"));
    if (implied !== null && isRenamed) tagRows.set(index, new Set([...old, implied]));
  }
  const groups = compare(sections.groups.rows, manifest.groups, desired.groups, []);
  const order = desired.groups.flatMap(({ from }) => from ?? []);
  const isMoved = order.some((group, index) => group !== manifest.groups[index]);
  const mayMove = groups.isWritten || isMoved;
  const rows = new Map(groups.rows);
  for (const group of mayMove ? order : []) {
    const index = sections.groups.rows.indexOf(group.row);
    const old = rows.get(index);
    const isDouble = group.fileName !== group.definition.name;
    rows.set(index, new Set([...(old ?? []), "position", ...(isDouble ? ["name"] : [])]));
  }
  return {
    artifacts: compare(sections.artifacts.rows, manifest.artifacts, desired.artifacts, []),
    tag_definitions: { ...tags, rows: tagRows },
    groups: { ...groups, rows, isWritten: mayMove },
  };
}

function compare(
  all: readonly RowSource[],
  shown: readonly { readonly row: RowSource }[],
  desired: readonly Pair[],
  doubles: readonly RowSource[],
): SectionChange {
  const rows = new Map<number, "removed" | ReadonlySet<string>>();
  for (const row of doubles) rows.set(all.indexOf(row), "removed");
  for (const { row } of shown) {
    const pair = desired.find(({ from }) => from?.row === row);
    if (pair === undefined) rows.set(all.indexOf(row), "removed");
    else {
      const fields = Object.entries(pair.definition).filter(([key, value]) => {
        const old: unknown = Reflect.get(pair.from?.definition ?? {}, key);
        return key !== "path" && JSON.stringify(old) !== JSON.stringify(value);
      });
      if (fields.length > 0) rows.set(all.indexOf(row), new Set(fields.map(([key]) => key)));
    }
  }
  const added = desired.filter(({ from }) => from === null).length;
  return { rows, added, count: all.length, isWritten: added + rows.size > 0 };
}

/**
 * The stretches of a document that a write must leave, in their order. Between two of them something
 * was allowed to change.
 */
export function keptStretches(
  { pieces }: GeneratedDocument,
  changes: Changes,
  hasUpdated: boolean,
): string[] {
  const isBesideRemoved = nextToRemoved(pieces, changes);
  const stretches = [""];
  const open = () => {
    if (stretches.length === 1 || stretches.at(-1) !== "") stretches.push("");
  };
  pieces.forEach((piece, index) => {
    if (goesAway(piece, changes) || isBesideRemoved(index)) open();
    else if (mayGrow(piece, changes, hasUpdated)) {
      // New lines are put before the line break.
      const [end = ""] = /(?:\r?\n)?$/.exec(piece.text) ?? [];
      stretches[stretches.length - 1] += piece.text.slice(0, piece.text.length - end.length);
      open();
      stretches[stretches.length - 1] += end;
      open();
    } else {
      stretches[stretches.length - 1] += piece.text;
    }
  });
  const comesAnew = SECTIONS.some((key) => {
    const isInline = pieces.some((piece) => piece.section === key && piece.inline === true);
    return changes[key].added > 0 && changes[key].count === 0 && !isInline;
  });
  if (comesAnew) open();
  return stretches;
}

function changeOf(piece: Piece, changes: Changes): "removed" | ReadonlySet<string> | undefined {
  if (piece.section === undefined || piece.row === undefined) return undefined;
  return changes[piece.section].rows.get(piece.row);
}

function goesAway(piece: Piece, changes: Changes): boolean {
  if (piece.section === undefined) return piece.field === "updated";
  const { isWritten, rows, added, count } = changes[piece.section];
  const removed = [...rows.values()].filter((change) => change === "removed").length;
  if (piece.inline === true && isWritten) {
    if (piece.soft === true || (added === 0 && removed === count)) return true;
  }
  const change = changeOf(piece, changes);
  if (change === undefined) return false;
  return change === "removed" || (piece.field !== undefined && change.has(piece.field));
}

function mayGrow(piece: Piece, changes: Changes, hasUpdated: boolean): boolean {
  if (piece.collectionEnd === true && !hasUpdated) return true;
  if (piece.section === undefined || piece.row === undefined) return false;
  const { added, count } = changes[piece.section];
  return changeOf(piece, changes) !== undefined || (added > 0 && piece.row === count - 1);
}

/** Blank lines go with a row or an inline section that goes. */
function nextToRemoved(pieces: readonly Piece[], changes: Changes): (index: number) => boolean {
  const isBlank = (piece: Piece) => piece.row === undefined && /^[ \t\r\n]*$/.test(piece.text);
  const isRemoved = (piece: Piece | undefined) =>
    piece !== undefined && piece.field === undefined && goesAway(piece, changes);
  return (index) => {
    const piece = pieces[index];
    if (piece === undefined || !isBlank(piece)) return false;
    const before = pieces.slice(0, index).findLast((other) => !isBlank(other));
    const behind = pieces.slice(index).find((other) => !isBlank(other));
    return isRemoved(before) || isRemoved(behind);
  };
}

/** The comments beside items that a changed list still holds. */
export function keptNotes(
  { notes }: GeneratedDocument,
  changes: Changes,
  listOf: (section: SectionKey, row: number) => { old: readonly string[]; now: readonly string[] },
): string[] {
  return notes.flatMap(({ section, row, field, item, comment }) => {
    if (section === undefined || row === undefined || field === undefined) return [];
    const change = changes[section].rows.get(row);
    if (change === undefined || change === "removed" || !change.has(field)) return [];
    const value = parseToml(`item = ${item}`)["item"];
    const { old, now } = listOf(section, row);
    if (typeof value !== "string") return [comment];
    // A note knows its item as it was before the document got its line breaks.
    const lf = (line: string) => line.replaceAll("\r\n", "\n");
    const count = (list: readonly string[]) => list.filter((one) => lf(one) === lf(value)).length;
    return count(now) >= count(old) ? [comment] : [];
  });
}
