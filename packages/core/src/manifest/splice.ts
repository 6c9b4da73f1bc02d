import type { DesiredManifest } from "./desired-manifest.ts";
import { editName } from "./display-name.ts";
import { editArray, type ArrayItem } from "./edit-array.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { manifestTime } from "./new-manifest.ts";
import {
  planArtifacts,
  planGroups,
  planTags,
  type AddedRow,
  type SectionPlan,
} from "./plan-sections.ts";
import type { Manifest } from "./read.ts";
import { endOfLine, nextLine, startOfLine, type Block } from "./scan.ts";
import { editUpdated } from "./updated.ts";
import { editInlineRow, editRow, inlineRowText, tableRowText } from "./write-row.ts";

/**
 * The manifest's text with its owned rows as desired. Only rows that changed are rewritten; every
 * other byte stays, and where no row changed the text is the same.
 * @param now the moment for `[collection].updated` and new artifacts' `added`
 * @param setsUpdated whether `[collection].updated` tells of the change
 * @throws SkillmeatError `refused` where a field cannot be replaced
 */
export function spliceManifest(
  manifest: Manifest,
  desired: DesiredManifest,
  now: Date,
  setsUpdated = true,
): string {
  const { text, newline } = manifest;
  const plans = [
    planArtifacts(manifest, desired.artifacts, now),
    planTags(manifest, desired.tags),
    planGroups(manifest, desired.groups),
  ];
  const edits: Edit[] = [];
  const appended: string[] = [];
  const name = desired.displayName;
  if (name !== null && name !== manifest.collection.name) {
    const edit = editName(manifest.name, name, newline);
    if (typeof edit === "string") appended.push(edit);
    else edits.push(edit);
  }
  for (const plan of plans) {
    if (plan.section.form === "inline") edits.push(...editInlineSection(text, plan, newline));
    else edits.push(...editTableSection(text, plan, newline, appended));
  }
  if (edits.length + appended.length === 0) return text;
  const updated = setsUpdated ? manifest.updated : null;
  if (updated !== null) edits.push(editUpdated(text, updated, now, newline));
  const edited = appendRows(withoutLastRows(text, edits), appended, newline);
  return edited.trim() === "" ? edited + emptyManifest(now, newline) : edited;
}

/** What a manifest holds that lost its last row: an empty file would count as missing. */
function emptyManifest(now: Date, newline: string): string {
  return `[collection]${newline}updated = "${manifestTime(now)}"${newline}`;
}

/** An inline section stays inline; one that loses its last row goes with its key. */
function editInlineSection(text: string, plan: SectionPlan, newline: string): Edit[] {
  const { section, order, changed, removed, added } = plan;
  if (section.inline === null || changed.size + removed.size + added.length === 0) return [];
  const { start, valueStart, valueEnd } = section.inline;
  const items = section.rows.flatMap((row, keep): ArrayItem[] => {
    const fields = changed.get(row);
    if (removed.has(row)) return [];
    if (fields === undefined) return [{ keep }];
    return [{ keep, text: editInlineRow(text, row, fields, order) }];
  });
  if (items.length + added.length === 0) {
    const end = nextLine(text, endOfLine(text, valueEnd));
    return [{ start: startOfLine(text, start), end, text: "" }];
  }
  const bare = /^\[\s*\]$/.test(text.slice(valueStart, valueEnd));
  if (bare) {
    const lines = added.map(({ fields }) => `    ${inlineRowText(fields)},${newline}`);
    return [{ start: valueStart, end: valueEnd, text: `[${newline}${lines.join("")}]` }];
  }
  const all = [...items, ...added.map(({ fields }) => ({ text: inlineRowText(fields) }))];
  return [{ start: valueStart, end: valueEnd, text: editArray(text, valueStart, valueEnd, all) }];
}

function editTableSection(
  text: string,
  plan: SectionPlan,
  newline: string,
  appended: string[],
): Edit[] {
  const { section, order, changed, removed, added } = plan;
  const edits: Edit[] = [];
  for (const [row, fields] of changed) edits.push(...editRow(text, row, fields, order, newline));

  const textOf = ({ fields, returned }: AddedRow) =>
    returned ?? tableRowText(section.key, fields, newline);
  edits.push(...insertReturned(plan, textOf, newline));
  const rows = added.filter(({ behind }) => behind === undefined).map(textOf);
  const lastRow = section.rows.at(-1);
  const last = lastRow?.blocks.at(-1);
  for (const row of removed) {
    for (const block of row.blocks) {
      const replaced = block === last && rows.length > 0;
      edits.push(replaced ? replaceBlock(block, rows, newline) : removeBlock(text, block));
    }
  }
  if (rows.length === 0) return edits;
  if (last === undefined || lastRow === undefined) {
    appended.push(...rows);
  } else if (!removed.has(lastRow)) {
    const behind = rows.map((row) => newline + newline + row).join("");
    edits.push({ start: last.contentEnd, end: last.contentEnd, text: behind });
  }
  return edits;
}

/** Rows that come back to the place where they stood. */
function insertReturned(
  { section, removed, added }: SectionPlan,
  textOf: (row: AddedRow) => string,
  newline: string,
): Edit[] {
  const first = section.rows.find((row) => !removed.has(row))?.start ?? 0;
  const gap = newline + newline;
  return added.flatMap((row): Edit[] => {
    if (row.behind === undefined) return [];
    if (row.behind === null) return [{ start: first, end: first, text: textOf(row) + gap }];
    const end = row.behind.blocks.at(-1)?.contentEnd ?? row.behind.end;
    return [{ start: end, end, text: gap + textOf(row) }];
  });
}

function replaceBlock(block: Block, rows: readonly string[], newline: string): Edit {
  return { start: block.start, end: block.contentEnd, text: rows.join(newline + newline) };
}

/** A block goes with the blank lines behind it. */
function removeBlock(text: string, block: Block): Edit {
  let end = nextLine(text, block.contentEnd);
  while (end < text.length && text.slice(end, endOfLine(text, end)).trim() === "") {
    end = nextLine(text, end);
  }
  return { start: block.start, end, text: "" };
}

/** Applies edits; where they take away the end of the text, the blank lines before it go too. */
function withoutLastRows(text: string, edits: readonly Edit[]): string {
  const edited = applyEdits(text, edits);
  const loses = edits.some((edit) => edit.end === text.length && edit.text === "");
  return loses ? edited.replace(/(?<=\n)(?:[ \t]*\r?\n)+$/, "") : edited;
}

/** New sections go to the end of the file, parted by a blank line. */
function appendRows(text: string, rows: readonly string[], newline: string): string {
  if (rows.length === 0) return text;
  const bare = text.replace("\uFEFF", "");
  const gap = /^$|\n\r?\n$/.test(bare) ? "" : bare.endsWith("\n") ? newline : newline + newline;
  return text + gap + rows.join(newline + newline) + newline;
}
