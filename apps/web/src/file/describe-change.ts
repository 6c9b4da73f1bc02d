import type { ListDifference, RowChange, RowKind } from "@skillmeat/core/schema";

/** Between what a difference lies: what is here and the file, or what is here before and after. */
export type Sides = "here-and-file" | "before-and-after";

/** A difference as a person reads it. */
export interface ChangeText {
  readonly sign: "+" | "−" | "~";
  readonly what: string;
  /** What is to be said of all of it; "" where the fields say it. */
  readonly sentence: string;
  readonly fields: readonly { readonly label: string; readonly text: string }[];
}

const SIGNS = { added: "+", removed: "−", changed: "~" } as const;

const SENTENCES: Readonly<Record<Sides, Record<RowChange["change"], string>>> = {
  "here-and-file": { added: "in the file alone", removed: "here alone", changed: "" },
  "before-and-after": { added: "comes", removed: "goes", changed: "" },
};

const LISTS: Readonly<Record<Sides, Record<"added" | "removed" | "moved", string>>> = {
  "here-and-file": {
    added: "in the file alone: ",
    removed: "here alone: ",
    moved: "in another place: ",
  },
  "before-and-after": { added: "in: ", removed: "out: ", moved: "to another place: " },
};

/** Says how a row differs. */
export function describeChange(row: RowChange, sides: Sides): ChangeText {
  const fields = Object.entries(row.fields ?? {}).map(([label, field]) => ({
    label: labelOf(label),
    text: "added" in field ? listText(field, sides) : valueText(field, sides),
  }));
  return {
    sign: SIGNS[row.change],
    what: rowName(row.kind, row.name),
    sentence: SENTENCES[sides][row.change],
    fields,
  };
}

/** A row by its kind and name, such as `Group “Documents”`. */
export function rowName(kind: RowKind, name: string): string {
  if (name === "") return `The order of the ${kind}s`;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} “${name}”`;
}

/** A field by the word that people use. */
export function labelOf(field: string): string {
  return field === "color" ? "colour" : field;
}

/** A value between quotes; nothing is told as such. */
export function quoted(text: string): string {
  return text === "" ? "none" : `“${text}”`;
}

function valueText({ cache, manifest }: { cache: string; manifest: string }, sides: Sides): string {
  return sides === "here-and-file"
    ? `${quoted(cache)} here, ${quoted(manifest)} in the file`
    : `${quoted(cache)} → ${quoted(manifest)}`;
}

function listText(list: ListDifference, sides: Sides): string {
  const words = LISTS[sides];
  return (["added", "removed", "moved"] as const)
    .filter((kind) => list[kind].length > 0)
    .map((kind) => words[kind] + list[kind].join(", "))
    .join("; ");
}
