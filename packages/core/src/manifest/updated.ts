import type { TomlTable } from "smol-toml";
import { findCollectionBlock, findCollectionEntry } from "./collection-table.ts";
import type { Edit } from "./edits.ts";
import { isTable } from "./fields.ts";
import { manifestTime } from "./new-manifest.ts";
import { endOfLine, type Block } from "./scan.ts";

/** Where the value of `[collection].updated` stands, or where a table that lacks it can take it. */
export interface UpdatedPlace {
  readonly start: number;
  readonly end: number;
  readonly isNew: boolean;
}

/**
 * Finds `updated` in `[collection]`, as `collection.updated`, or in an inline table.
 * @returns null where it is neither a text nor a date, and where there is no `[collection]` to take it
 */
export function findUpdated(
  text: string,
  blocks: readonly Block[],
  table: TomlTable,
): UpdatedPlace | null {
  const collection = table["collection"];
  if (!isTable(collection)) return null;
  if (!Object.hasOwn(collection, "updated")) return endOfCollection(text, blocks);
  const value = collection["updated"];
  if (typeof value !== "string" && !(value instanceof Date)) return null;
  const entry = findCollectionEntry(text, blocks, "updated");
  return entry === undefined
    ? null
    : { start: entry.valueStart, end: entry.valueEnd, isNew: false };
}

function endOfCollection(text: string, blocks: readonly Block[]): UpdatedPlace | null {
  const block = findCollectionBlock(blocks);
  if (block === undefined) return null;
  const last = block.entries.at(-1);
  const at = last === undefined ? block.headerEnd : endOfLine(text, last.valueEnd);
  return { start: at, end: at, isNew: true };
}

/** Sets `updated`, in the form that it has: a text or a date, with or without a zone. */
export function editUpdated(text: string, place: UpdatedPlace, now: Date, newline: string): Edit {
  const { start, end, isNew } = place;
  const time = manifestTime(now);
  if (isNew) return { start, end, text: `${newline}updated = "${time}"` };
  const old = text.slice(start, end);
  const quote = /^["']/.exec(old)?.[0] ?? "";
  const zone = /(?:z|[+-]\d\d:\d\d)["']*$/i.test(old) ? "Z" : "";
  return { start, end, text: quote + time + zone + quote };
}
