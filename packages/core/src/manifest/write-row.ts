import { editArray, type ArrayItem } from "./edit-array.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { isTable } from "./fields.ts";
import { findEntry, type RowSource } from "./rows.ts";
import { endOfLine, scanArray, startOfLine, type KeyValue } from "./scan.ts";
import { SkillmeatError } from "../errors.ts";
import { positionAt } from "./position.ts";
import { tomlArray, tomlInlineArray, tomlString } from "./toml-text.ts";

/** What a field of a row can hold. */
export type FieldValue = string | number | readonly string[];

/** The fields of a row in the order in which they are written. */
export type Fields = readonly (readonly [key: string, value: FieldValue])[];

/** A new `[[section]]` element, without a line break at its end. */
export function tableRowText(section: string, fields: Fields, newline: string): string {
  const lines = fields.map(([key, value]) => `${key} = ${valueText(`${key} = `, value, newline)}`);
  return [`[[${section}]]`, ...lines].join(newline);
}

/** A new inline table. */
export function inlineRowText(fields: Fields): string {
  return `{ ${fields.map(([key, value]) => `${key} = ${inlineText(value)}`).join(", ")} }`;
}

function valueText(prefix: string, value: FieldValue, newline: string): string {
  return typeof value === "object" ? tomlArray(prefix, value, newline) : inlineText(value);
}

function inlineText(value: FieldValue): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? tomlString(value) : tomlInlineArray(value);
}

/**
 * The edits that give a row's fields new values; every other byte of the row stays.
 * @param order the keys of a row in the order in which they are written, to place one that is new
 * @throws SkillmeatError `refused` where a field stands as a table and so has no single place
 */
export function editRow(
  text: string,
  row: RowSource,
  fields: Fields,
  order: readonly string[],
  newline: string,
): Edit[] {
  const missing = fields.filter(([key]) => findEntry(row, key) === null);
  const replaced = fields.flatMap(([key, value]): Edit[] => {
    const entry = findEntry(row, key);
    if (entry === null) return [];
    const edited = replaceValue(text, row, key, entry, value, newline);
    return [{ start: entry.valueStart, end: entry.valueEnd, text: edited }];
  });
  for (const [key] of missing) refuseTable(text, row, key);
  return [
    ...replaced,
    ...missing.flatMap((field) => insertField(text, row, field, order, newline)),
  ];
}

/** An inline row's text with fields changed. */
export function editInlineRow(
  text: string,
  row: RowSource,
  fields: Fields,
  order: readonly string[],
): string {
  const edits = editRow(text, row, fields, order, "\n").map((edit) => ({
    start: edit.start - row.start,
    end: edit.end - row.start,
    text: edit.text,
  }));
  return applyEdits(text.slice(row.start, row.end), edits);
}

function refuseTable(text: string, row: RowSource, key: string): void {
  if (!isTable(row.value) || !Object.hasOwn(row.value, key)) return;
  const { line } = positionAt(text, row.start);
  throw new SkillmeatError(
    "refused",
    `collection.toml:${line}: ${key} is written as a table and cannot be replaced`,
    `Remove ${key} from that row by hand, then: skillmeat sync flush`,
  );
}

function replaceValue(
  text: string,
  row: RowSource,
  key: string,
  entry: KeyValue,
  value: FieldValue,
  newline: string,
): string {
  if (typeof value !== "object") return inlineText(value);
  const old = isTable(row.value) ? row.value[key] : undefined;
  if (Array.isArray(old) && mustKeep(text, entry, old)) {
    return editArray(text, entry.valueStart, entry.valueEnd, keepItems(old, value));
  }
  if (row.form === "inline") return inlineText(value);
  return valueText(text.slice(startOfLine(text, entry.start), entry.valueStart), value, newline);
}

/** Whether a list holds what a person wrote and we do not: comments, or entries that are no texts. */
function mustKeep(text: string, entry: KeyValue, old: readonly unknown[]): boolean {
  if (old.some((item) => typeof item !== "string")) return true;
  let at = entry.valueStart + 1;
  for (const item of scanArray(text, entry.valueStart)) {
    if (text.slice(at, item.start).includes("#")) return true;
    at = item.end;
  }
  return text.slice(at, entry.valueEnd).includes("#");
}

/** Entries that are no texts stay behind the text that they followed. */
function keepItems(old: readonly unknown[], wanted: readonly string[]): ArrayItem[] {
  const free = new Map<string, number[]>();
  old.forEach((item, index) => {
    if (typeof item === "string") free.set(item, [...(free.get(item) ?? []), index]);
  });
  const items: ArrayItem[] = wanted.map((ref) => {
    const keep = free.get(ref)?.shift();
    return keep === undefined ? { text: tomlString(ref) } : { keep };
  });
  old.forEach((item, index) => {
    if (typeof item === "string") return;
    let before = index - 1;
    while (before >= 0 && !items.some((other) => other.keep === before)) before -= 1;
    const place = items.findIndex((other) => other.keep === before);
    items.splice(place + 1, 0, { keep: index });
  });
  return items;
}

/** A new field goes behind the one that precedes it in the order, or behind the last. */
function insertField(
  text: string,
  row: RowSource,
  [key, value]: Fields[number],
  order: readonly string[],
  newline: string,
): Edit[] {
  const before = order.slice(0, order.indexOf(key)).toReversed();
  const anchors = [
    ...before.flatMap((name) => findEntry(row, name) ?? []),
    ...row.entries.slice(-1),
  ];
  return anchors.slice(0, 1).map((anchor) => {
    if (row.form === "inline") {
      const at = anchor.valueEnd;
      return { start: at, end: at, text: `, ${key} = ${inlineText(value)}` };
    }
    const at = endOfLine(text, anchor.valueEnd);
    const prefix = `${text.slice(startOfLine(text, anchor.start), anchor.start)}${key} = `;
    const line = newline + prefix + valueText(prefix, value, newline);
    return { start: at, end: at, text: line };
  });
}
