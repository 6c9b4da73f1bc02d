import type { TomlTable } from "smol-toml";
import { SkillmeatError } from "../errors.ts";
import { MANIFEST_NAME } from "../paths.ts";
import { findCollectionBlock, findCollectionEntry, findRootEntries } from "./collection-table.ts";
import type { Edit } from "./edits.ts";
import { isTable } from "./fields.ts";
import { endOfLine, scanInlineTable, type Block } from "./scan.ts";
import { tomlString } from "./toml-text.ts";

/** Where `[collection].name` stands, or how a manifest that lacks it can take it. */
export type NamePlace =
  | { readonly form: "value"; readonly start: number; readonly end: number }
  /** A line of its own behind one that ends at `at`. */
  | { readonly form: "line"; readonly at: number; readonly key: string }
  /** Behind the `{` of an inline table. */
  | { readonly form: "inline"; readonly at: number; readonly isFirst: boolean }
  /** There is no `[collection]` yet. */
  | { readonly form: "table" };

/** Finds the place; null where `collection` is no table, or its `name` is a table or a list. */
export function findName(
  text: string,
  blocks: readonly Block[],
  table: TomlTable,
): NamePlace | null {
  const collection = table["collection"];
  if (collection === undefined) return { form: "table" };
  if (!isTable(collection)) return null;
  if (Object.hasOwn(collection, "name")) {
    const value = collection["name"];
    const entry = findCollectionEntry(text, blocks, "name");
    if (entry === undefined || isTable(value) || Array.isArray(value)) return null;
    return { form: "value", start: entry.valueStart, end: entry.valueEnd };
  }
  const block = findCollectionBlock(blocks);
  if (block !== undefined) return { form: "line", at: block.headerEnd, key: "name" };
  const dotted = findRootEntries(blocks).at(-1);
  if (dotted === undefined) return { form: "table" };
  if (dotted.key.length > 1) {
    return { form: "line", at: endOfLine(text, dotted.valueEnd), key: "collection.name" };
  }
  const isFirst = scanInlineTable(text, dotted.valueStart).length === 0;
  return { form: "inline", at: dotted.valueStart + 1, isFirst };
}

/**
 * Sets `[collection].name`.
 * @returns an edit, or the lines of a table that is to go to the end of the text
 * @throws SkillmeatError `refused` where there is no place for it
 */
export function editName(place: NamePlace | null, name: string, newline: string): Edit | string {
  const value = tomlString(name);
  switch (place?.form) {
    case "value":
      return { start: place.start, end: place.end, text: value };
    case "line":
      return { start: place.at, end: place.at, text: `${newline}${place.key} = ${value}` };
    case "inline":
      return {
        start: place.at,
        end: place.at,
        text: ` name = ${value}${place.isFirst ? " " : ","}`,
      };
    case "table":
      return `[collection]${newline}name = ${value}`;
    case undefined:
      throw new SkillmeatError(
        "refused",
        `${MANIFEST_NAME}: the display name cannot be written, since [collection] or its name is written in another form`,
        `Write [collection] with name = ${value} by hand, then: skillmeat sync flush`,
      );
  }
}
