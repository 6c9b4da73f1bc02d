import type { CollectionDiff, RowChange } from "@skillmeat/core";
import { escapeText } from "../output/escape.ts";
import { plural } from "../output/plural.ts";

type Field = NonNullable<RowChange["fields"]>[string];

const SIGNS: Record<RowChange["change"], string> = { added: "+", removed: "-", changed: "~" };
const SAID: Record<RowChange["change"], string> = {
  added: " is in the manifest alone",
  removed: " is in the cache alone",
  changed: "",
};

/** What differs between caches and manifests, a line a row, and below it a line a field. */
export function formatDiffs(
  collections: readonly Pick<CollectionDiff, "name" | "changes">[],
): string {
  return collections
    .map(({ name, changes }) => {
      const count = changes.length === 0 ? "no differences" : plural(changes.length, "difference");
      return [`${escapeText(name)}: ${count}`, ...changes.flatMap(linesOf)].join("\n");
    })
    .join("\n");
}

/** The rows that differ; of a field first what the cache holds, then the manifest. */
export function formatChanges(changes: readonly RowChange[]): string {
  return changes.flatMap(linesOf).join("\n");
}

function linesOf(change: RowChange): string[] {
  const { kind, name, fields = {} } = change;
  const what = name === "" ? `the order of the ${kind}s` : `${kind} ${escapeText(name)}`;
  return [
    `  ${SIGNS[change.change]} ${what}${SAID[change.change]}`,
    ...Object.entries(fields).map(([field, value]) => `      ${field}: ${fieldText(value)}`),
  ];
}

function fieldText(field: Field): string {
  if (!("added" in field)) return `${quoted(field.cache)} → ${quoted(field.manifest)}`;
  const { added, removed, moved } = field;
  const parts = [
    ...added.map((item) => `+${escapeText(item)}`),
    ...removed.map((item) => `-${escapeText(item)}`),
    ...(moved.length === 0 ? [] : [`moved ${moved.map(escapeText).join(", ")}`]),
  ];
  return parts.join(", ");
}

function quoted(text: string): string {
  return text === "" ? "none" : JSON.stringify(escapeText(text));
}
