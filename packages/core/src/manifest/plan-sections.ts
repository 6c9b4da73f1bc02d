import type { GroupDefinition } from "../schema/group.ts";
import type { DesiredManifest, DesiredRow } from "./desired-manifest.ts";
import { manifestTime } from "./new-manifest.ts";
import { planPositions } from "./plan-positions.ts";
import { placeRows, type RowPlaces } from "./place-rows.ts";
import type { Manifest } from "./read.ts";
import { returnRow } from "./returning-row.ts";
import type { RowSource, Section } from "./rows.ts";
import type { Fields } from "./write-row.ts";

const GROUP_KEYS = ["name", "description", "color", "icon", "position", "members"];
const TAG_KEYS = ["name", "slug", "color", "description"];
const ARTIFACT_KEYS = ["name", "type", "path", "origin", "added", "tags"];

/** What becomes of a section: rows that change, rows that go, rows that come. */
export interface SectionPlan {
  readonly section: Section;
  readonly order: readonly string[];
  readonly changed: ReadonlyMap<RowSource, Fields>;
  readonly removed: ReadonlySet<RowSource>;
  readonly added: readonly AddedRow[];
}

/** A row that comes. */
export interface AddedRow {
  readonly fields: Fields;
  /** The row as it stood once, with what it is to hold now; null where it is written anew. */
  readonly returned: string | null;
  /** The row that it stands behind; null before all others; undefined at the section's end. */
  readonly behind?: RowSource | null | undefined;
}

/** Plans `[[artifacts]]`. @param now the moment for new rows' `added` */
export function planArtifacts(
  manifest: Manifest,
  desired: DesiredManifest["artifacts"],
  now: Date,
): SectionPlan {
  const section = manifest.sections.artifacts;
  const changed = new Map<RowSource, Fields>();
  const added: AddedRow[] = [];
  for (const { from, definition, ...row } of desired) {
    const { name, type, path, tags } = definition;
    const known = from ?? returningTo(section, row)?.row;
    const change: Fields = sameTexts(tags, known?.definition.tags ?? []) ? [] : [["tags", tags]];
    if (from === null) {
      const tagged: Fields = tags.length === 0 ? [] : [["tags", tags]];
      const place: Fields = path === "" ? [] : [["path", path]];
      const origin: Fields = [
        ["origin", "local"],
        ["added", manifestTime(now)],
      ];
      const fields: Fields = [["name", name], ["type", type], ...place, ...origin, ...tagged];
      added.push({ fields, returned: returned(manifest, section, row, change, ARTIFACT_KEYS) });
    } else if (change.length > 0) {
      changed.set(from.row, change);
    }
  }
  const removed = rowsWithout(manifest.artifacts, desired);
  return { section, order: ARTIFACT_KEYS, changed, removed, added };
}

/** Plans `[[tag_definitions]]`. */
export function planTags(manifest: Manifest, desired: DesiredManifest["tags"]): SectionPlan {
  const section = manifest.sections.tags;
  const changed = new Map<RowSource, Fields>();
  const added: AddedRow[] = [];
  const { behind } = placesOf(section, desired);
  for (const [index, { from, definition, ...row }] of desired.entries()) {
    const { name, slug, color, description } = definition;
    const all: Fields = [
      ["name", name],
      ["slug", slug],
      ["color", color],
      ["description", description],
    ];
    const known = from ?? returningTo(section, row)?.row;
    const old = known?.definition;
    const differs = ([key, value]: Fields[number]) =>
      old === undefined || value !== Reflect.get(old, key);
    // What the row lacks is taken from its name or its slug, and must not change with them.
    const isRenamed = name !== old?.name || slug !== old.slug;
    const fields = all.filter((one) => differs(one) || (isRenamed && one[0] === known?.implied));
    if (from === null) {
      const text = returned(manifest, section, row, fields, TAG_KEYS);
      added.push({ fields: all, returned: text, behind: behind[index] });
    } else if (fields.length > 0) {
      changed.set(from.row, fields);
    }
  }
  const removed = rowsWithout(manifest.tags, desired);
  // A row that only doubled a slug must not come to light once the slug is given up.
  const slugs = new Map(desired.map(({ from, definition }) => [from, definition.slug]));
  for (const tag of manifest.tags) {
    if (slugs.get(tag) !== tag.definition.slug) for (const row of tag.doubles) removed.add(row);
  }
  return { section, order: TAG_KEYS, changed, removed, added };
}

/** Plans `[[groups]]`, with their positions. */
export function planGroups(manifest: Manifest, desired: DesiredManifest["groups"]): SectionPlan {
  const section = manifest.sections.groups;
  const changed = new Map<RowSource, Fields>();
  const added: AddedRow[] = [];
  const removed = rowsWithout(manifest.groups, desired);
  const { behind, fileIndex } = placesOf(section, desired);
  const positions = planGroupPositions(section, desired, fileIndex);
  const fieldsOf = (
    { name, description, color, icon, members }: GroupDefinition,
    old: GroupDefinition | undefined,
    position: number | null,
  ): Fields => [
    ...field("name", name, name !== old?.name),
    ...field("description", description, description !== old?.description),
    ...field("color", color, color !== old?.color),
    ...field("icon", icon, icon !== old?.icon),
    ...(position === null ? [] : field("position", position, true)),
    ...field("members", members, old === undefined || !sameTexts(members, old.members)),
  ];
  desired.forEach(({ from, definition, ...row }, index) => {
    const known = from ?? returningTo(section, row)?.row;
    const position = positions[index] ?? null;
    const change = fieldsOf(definition, known?.definition, position);
    if (from === null) {
      const fields = fieldsOf(definition, undefined, position ?? known?.filePosition ?? null);
      const text = returned(manifest, section, row, change, GROUP_KEYS);
      added.push({ fields, returned: text, behind: behind[index] });
    } else if (change.length > 0) {
      changed.set(from.row, change);
    }
  });
  if (changed.size + added.length + removed.size > 0) nameDoubles(desired, changed);
  return { section, order: GROUP_KEYS, changed, removed, added };
}

type Returning<From> = Pick<DesiredRow<From, unknown>, "returning">;

/** The row that comes back into a section as it stood; null where it is written anew. */
function returningTo<From>({ form }: Section, { returning }: Returning<From>) {
  return form === "inline" ? null : (returning ?? null);
}

function returned(
  { newline }: Manifest,
  section: Section,
  row: Returning<{ readonly row: RowSource }>,
  change: Fields,
  order: readonly string[],
): string | null {
  const returning = returningTo(section, row);
  return returning === null ? null : returnRow(returning, change, order, newline);
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
  section: Section,
  desired: DesiredManifest["groups"],
  fileIndex: RowPlaces["fileIndex"],
): (number | null)[] {
  return planPositions(
    desired.map(({ from, ...row }, index) => {
      const known = from ?? returningTo(section, row)?.row ?? null;
      return {
        position: known?.filePosition ?? null,
        fileIndex: fileIndex[index] ?? index,
        isNew: known === null,
      };
    }),
  );
}

function placesOf(
  section: Section,
  desired: readonly DesiredRow<{ readonly row: RowSource }, unknown>[],
): RowPlaces {
  return placeRows(
    desired.map(({ from, ...row }) => {
      return { row: from?.row ?? null, isReturning: returningTo(section, row) !== null };
    }),
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
