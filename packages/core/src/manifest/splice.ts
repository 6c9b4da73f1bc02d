import type { DesiredManifest, DesiredRow } from "./desired-manifest.ts";
import { editName } from "./display-name.ts";
import { editArray, type ArrayItem } from "./edit-array.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { manifestTime } from "./new-manifest.ts";
import { planPositions } from "./plan-positions.ts";
import type { Manifest } from "./read.ts";
import type { RowSource, Section } from "./rows.ts";
import { endOfLine, nextLine, scanArray, startOfLine, type Block } from "./scan.ts";
import { editUpdated } from "./updated.ts";
import { editInlineRow, editRow, inlineRowText, tableRowText, type Fields } from "./write-row.ts";

const GROUP_KEYS = ["name", "description", "color", "icon", "position", "members"];
const TAG_KEYS = ["name", "slug", "color", "description"];
const ARTIFACT_KEYS = ["name", "type", "path", "origin", "added", "tags"];

/** What becomes of a section: rows that change, rows that go, rows that come. */
interface SectionPlan {
  readonly section: Section;
  readonly order: readonly string[];
  readonly changed: ReadonlyMap<RowSource, Fields>;
  readonly removed: ReadonlySet<RowSource>;
  readonly added: readonly Fields[];
}

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

function planArtifacts(
  manifest: Manifest,
  desired: DesiredManifest["artifacts"],
  now: Date,
): SectionPlan {
  const changed = new Map<RowSource, Fields>();
  const added: Fields[] = [];
  for (const { from, definition } of desired) {
    const { name, type, path, tags } = definition;
    if (from === null) {
      const tagged: Fields = tags.length === 0 ? [] : [["tags", tags]];
      const place: Fields = path === "" ? [] : [["path", path]];
      const origin: Fields = [
        ["origin", "local"],
        ["added", manifestTime(now)],
      ];
      added.push([["name", name], ["type", type], ...place, ...origin, ...tagged]);
    } else if (!sameTexts(tags, from.definition.tags)) {
      changed.set(from.row, [["tags", tags]]);
    }
  }
  const removed = rowsWithout(manifest.artifacts, desired);
  return { section: manifest.sections.artifacts, order: ARTIFACT_KEYS, changed, removed, added };
}

function planTags(manifest: Manifest, desired: DesiredManifest["tags"]): SectionPlan {
  const changed = new Map<RowSource, Fields>();
  const added: Fields[] = [];
  for (const { from, definition } of desired) {
    const { name, slug, color, description } = definition;
    const all: Fields = [
      ["name", name],
      ["slug", slug],
      ["color", color],
      ["description", description],
    ];
    if (from === null) {
      added.push(all);
      continue;
    }
    const old = from.definition;
    const differs = ([key, value]: Fields[number]) => value !== Reflect.get(old, key);
    // What the row lacks is taken from its name or its slug, and must not change with them.
    const isRenamed = name !== old.name || slug !== old.slug;
    const fields = all.filter((one) => differs(one) || (isRenamed && one[0] === from.implied));
    if (fields.length > 0) changed.set(from.row, fields);
  }
  const removed = rowsWithout(manifest.tags, desired);
  // A row that only doubled a slug must not come to light once the slug is given up.
  const slugs = new Map(desired.map(({ from, definition }) => [from, definition.slug]));
  for (const tag of manifest.tags) {
    if (slugs.get(tag) !== tag.definition.slug) for (const row of tag.doubles) removed.add(row);
  }
  return { section: manifest.sections.tags, order: TAG_KEYS, changed, removed, added };
}

function planGroups(manifest: Manifest, desired: DesiredManifest["groups"]): SectionPlan {
  const changed = new Map<RowSource, Fields>();
  const added: Fields[] = [];
  const removed = rowsWithout(manifest.groups, desired);
  const positions = planGroupPositions(manifest, desired, removed);
  const changesOf = ({ from, definition }: (typeof desired)[number], index: number): Fields => {
    const { name, description, color, icon, members } = definition;
    const old = from?.definition;
    const position = positions[index] ?? null;
    return [
      ...field("name", name, name !== old?.name),
      ...field("description", description, description !== old?.description),
      ...field("color", color, color !== old?.color),
      ...field("icon", icon, icon !== old?.icon),
      ...(position === null ? [] : field("position", position, true)),
      ...field("members", members, old === undefined || !sameTexts(members, old.members)),
    ];
  };
  desired.forEach((row, index) => {
    const fields = changesOf(row, index);
    if (row.from === null) added.push(fields);
    else if (fields.length > 0) changed.set(row.from.row, fields);
  });
  if (changed.size + added.length + removed.size > 0) nameDoubles(desired, changed);
  return { section: manifest.sections.groups, order: GROUP_KEYS, changed, removed, added };
}

/** A double that is shown as `Name (2)` is written so once groups are written at all. */
function nameDoubles(desired: DesiredManifest["groups"], changed: Map<RowSource, Fields>): void {
  for (const { from, definition } of desired) {
    if (from === null || definition.name === from.fileName) continue;
    const others = (changed.get(from.row) ?? []).filter(([key]) => key !== "name");
    changed.set(from.row, [["name", definition.name], ...others]);
  }
}

function planGroupPositions(
  manifest: Manifest,
  desired: DesiredManifest["groups"],
  removed: ReadonlySet<RowSource>,
): (number | null)[] {
  const staying = manifest.groups
    .filter((group) => !removed.has(group.row))
    .toSorted((a, b) => a.row.start - b.row.start);
  const fileIndex = new Map(staying.map((group, index) => [group, index]));
  let next = staying.length;
  return planPositions(
    desired.map(({ from }) => ({
      position: from?.filePosition ?? null,
      fileIndex: (from === null ? undefined : fileIndex.get(from)) ?? next++,
      isNew: from === null,
    })),
  );
}

function field(key: string, value: Fields[number][1], wanted: boolean): Fields {
  return wanted ? [[key, value]] : [];
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function rowsWithout<From extends { row: RowSource }>(
  all: readonly From[],
  desired: readonly DesiredRow<From, unknown>[],
): Set<RowSource> {
  const staying = new Set(desired.map(({ from }) => from));
  return new Set(all.filter((item) => !staying.has(item)).map((item) => item.row));
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
  if (bare && scanArray(text, valueStart).length === 0) {
    const lines = added.map((fields) => `    ${inlineRowText(fields)},${newline}`);
    return [{ start: valueStart, end: valueEnd, text: `[${newline}${lines.join("")}]` }];
  }
  const all = [...items, ...added.map((fields) => ({ text: inlineRowText(fields) }))];
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

  const rows = added.map((fields) => tableRowText(section.key, fields, newline));
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
