import type { CollectionSynced, Conflict } from "@skillmeat/core";
import { escapeLines, escapeText } from "../output/escape.ts";
import type { Output } from "../output/output.ts";
import { formatChanges } from "./diff.ts";

/** What is to be said of each collection, where there is anything. */
export function textOf(
  collections: readonly CollectionSynced[],
  toText: (collection: CollectionSynced) => string,
): string {
  return collections
    .map(toText)
    .filter((text) => text !== "")
    .join("\n");
}

/** What would change in the manifest, without the line break at its end; made safe for a terminal. */
export function diffOf({ diff }: CollectionSynced): string {
  const lines = diff.replace(/\n$/, "");
  return process.stdout.isTTY ? escapeLines(lines) : lines;
}

/** What would change in the cache, and then in the manifest. */
export function bothOf(collection: CollectionSynced): string {
  const { name, changes } = collection;
  const head = `${escapeText(name)}, in the cache:`;
  const inCache = changes.length === 0 ? [] : [head, formatChanges(changes)];
  return [...inCache, diffOf(collection)].filter((text) => text !== "").join("\n");
}

/** Says what became of each collection, unless that was a trial. */
export function report(
  out: Output,
  collections: readonly CollectionSynced[],
  dryRun: boolean,
  sentence: (collection: CollectionSynced) => string,
): void {
  for (const collection of collections) {
    const { name, saved, reason } = collection;
    if (dryRun && reason !== null) out.warn(`${name}: ${reason}`);
    if (dryRun) continue;
    if (saved) out.notice(`${name}: ${sentence(collection)}`);
    else out.warnUnsaved(reason, name);
  }
  if (dryRun) out.notice("Nothing was changed");
}

/** What both sides had changed, and what became of it. */
export function conflictText({ kind, name, field, kept, lost }: Conflict): string {
  const what = name === "" ? `the order of the ${kind}s` : `${kind} "${name}", ${field}`;
  return `${what}: ${JSON.stringify(kept)} stands, ${JSON.stringify(lost)} does not`;
}
