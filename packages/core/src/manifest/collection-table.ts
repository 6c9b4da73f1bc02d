import { scanInlineTable, type Block, type KeyValue } from "./scan.ts";

/**
 * Finds a key of `[collection]`, which may stand in that table, as `collection.key`, or in an inline
 * table.
 * @returns undefined where it is not there, or is a table of its own
 */
export function findCollectionEntry(
  text: string,
  blocks: readonly Block[],
  key: string,
): KeyValue | undefined {
  return blocks
    .filter(({ path }) => (path[0] ?? "collection") === "collection")
    .flatMap((block) => block.entries.map((own) => within(own, block.path)))
    .flatMap((own) => (isPath(own.key, "collection") ? inlineEntries(text, own) : [own]))
    .find((own) => isPath(own.key, "collection", key));
}

/** The block that `[collection]` heads. */
export function findCollectionBlock(blocks: readonly Block[]): Block | undefined {
  return blocks.find(({ path }) => isPath(path, "collection"));
}

/** The root's keys that make `collection`: dotted ones, or the one of an inline table. */
export function findRootEntries(blocks: readonly Block[]): KeyValue[] {
  return (blocks[0]?.entries ?? []).filter(({ key }) => key[0] === "collection");
}

function inlineEntries(text: string, { key, valueStart }: KeyValue): KeyValue[] {
  return scanInlineTable(text, valueStart).map((own) => within(own, key));
}

function within(entry: KeyValue, path: readonly string[]): KeyValue {
  return { ...entry, key: [...path, ...entry.key] };
}

function isPath(path: readonly string[], ...parts: string[]): boolean {
  return path.length === parts.length && path.every((part, index) => part === parts[index]);
}
