import type { TomlValue } from "smol-toml";
import { scanArray, scanInlineTable, type Block, type KeyValue } from "./scan.ts";

/** Where a row of a section stands in the text. */
export interface RowSource {
  readonly form: "table" | "inline";
  /** A table's blocks, its sub-tables included; none for an inline row. */
  readonly blocks: readonly Block[];
  /** The row's own keys; sub-tables' are not among them. */
  readonly entries: readonly KeyValue[];
  /** Start of the header's line or of the `{`, and the end of the last key or of the `}`. */
  readonly start: number;
  readonly end: number;
  /** What the parser read of it. */
  readonly value: TomlValue | undefined;
}

/** One of the sections `artifacts`, `tag_definitions` and `groups`, as it stands in the text. */
export interface Section {
  readonly key: string;
  readonly form: "none" | "table" | "inline";
  readonly rows: readonly RowSource[];
  /** The key and value of an inline section. */
  readonly inline: KeyValue | null;
}

/**
 * Finds the rows of a section in whichever form they stand.
 * @param value what the parser read under the section's key, undefined where it is missing
 * @returns null where the section is not a list of tables, so that no row can be told from another
 */
export function findSection(
  text: string,
  blocks: readonly Block[],
  key: string,
  value: TomlValue | undefined,
): Section | null {
  if (value === undefined) return { key, form: "none", rows: [], inline: null };
  if (!Array.isArray(value)) return null;
  const inline = blocks[0]?.entries.find((entry) => entry.key.length === 1 && entry.key[0] === key);
  const rows =
    inline === undefined
      ? tableRows(blocks, key, value)
      : inlineRows(text, inline.valueStart, value);
  if (rows.length !== value.length) return null;
  return { key, form: inline === undefined ? "table" : "inline", rows, inline: inline ?? null };
}

/** A sub-table belongs to the last element above it, also where other tables stand between. */
function tableRows(
  blocks: readonly Block[],
  key: string,
  values: readonly TomlValue[],
): RowSource[] {
  const rows: { head: Block; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.path[0] !== key) continue;
    if (block.kind === "element" && block.path.length === 1) {
      rows.push({ head: block, blocks: [block] });
    } else {
      rows.at(-1)?.blocks.push(block);
    }
  }
  return rows.map(({ head, blocks: own }, index) => new TableRow(head, own, values[index]));
}

/** A class for its getter; see `Block`. */
class TableRow implements RowSource {
  readonly form = "table";
  readonly blocks;
  readonly start;
  readonly end;
  readonly value;
  readonly #head: Block;

  constructor(head: Block, blocks: readonly Block[], value: TomlValue | undefined) {
    this.blocks = blocks;
    this.start = head.start;
    this.end = head.contentEnd;
    this.value = value;
    this.#head = head;
  }

  get entries(): readonly KeyValue[] {
    return this.#head.entries;
  }
}

function inlineRows(text: string, start: number, values: readonly TomlValue[]): RowSource[] {
  return scanArray(text, start).map((item, index): RowSource => {
    const entries = text[item.start] === "{" ? scanInlineTable(text, item.start) : [];
    const { start: from, end } = item;
    return { form: "inline", blocks: [], entries, start: from, end, value: values[index] };
  });
}

/** The key and value of one of a row's own keys, or null where it stands in no single place. */
export function findEntry(row: RowSource, key: string): KeyValue | null {
  return row.entries.find((entry) => entry.key.length === 1 && entry.key[0] === key) ?? null;
}
