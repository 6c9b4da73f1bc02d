import fc from "fast-check";
import { createTagMatcher, wordOf } from "../../../cache/tag-words.ts";
import { nameKey } from "../../../schema/text.ts";
import {
  memberKey,
  type MergeArtifact,
  type MergedRows,
  type MergeGroup,
  type MergeMember,
  type MergeRows,
  type MergeSide,
  type MergeTag,
  type MergeTagUse,
} from "../mergeable-rows.ts";

/** Something that happens to the rows of one side; `at` and `to` count modulo their number. */
type Edit = (rows: MergeRows, newId: () => number) => MergeRows;

/** Few names, so that the edits of two sides meet. */
const name = fc.constantFrom("A", "a", "B", "C", "A (2)", "Émile");
const slug = fc.constantFrom("c", "cpp", "d", "c-2", "loose");
/** What a slug is changed to: no word that an artifact carries undefined. */
const newSlug = fc.constantFrom("e", "e-2", "f");
const word = fc.constantFrom("", "one", "two");
const artifactId = fc.constantFrom("skill:x", "skill:y", "command:x");
const member: fc.Arbitrary<MergeMember> = fc.constantFrom(
  { ref: "skill:x", artifact: "skill:x" },
  { ref: "y", artifact: "skill:y" },
  { ref: "skill:y", artifact: "skill:y" },
  { ref: "gone", artifact: null },
  { ref: "GONE", artifact: null },
  { ref: "other", artifact: null },
);
const at = fc.nat(5);

const group = fc
  .record({ name, description: word, color: word, icon: word, members: fc.array(member) })
  .map((fields) => ({ ...fields, members: once(fields.members, memberKey) }));
const tag = fc.record({ name, slug: fc.oneof(slug, newSlug), color: word, description: word });
const tags = fc
  .array(slug, { maxLength: 3 })
  .map((slugs) => once(slugs, (text) => text).map((text) => ({ slug: text, word: text })));
const artifact: fc.Arbitrary<MergeArtifact> = fc
  .record({ artifact: artifactId, tags })
  .map((fields) => ({ ...fields, path: "" }));

function once<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const keys = new Set<string>();
  return items.filter((item) => {
    const isNew = !keys.has(keyOf(item));
    keys.add(keyOf(item));
    return isNew;
  });
}

const groupKey = ({ name: text }: MergeGroup) => nameKey(text);
/** A slug and a name are each unique on a side, as the operations keep them. */
function uniqueTags(list: readonly MergeTag[]): MergeTag[] {
  return once(
    once(list, (row) => row.slug),
    (row) => nameKey(row.name),
  );
}

/** Replaces the row at a place, if what comes out is a list of rows with names of their own. */
function change<Row>(
  list: readonly Row[],
  place: number,
  changed: (row: Row) => Row,
  unique: (list: readonly Row[]) => Row[],
): readonly Row[] {
  const index = place % Math.max(list.length, 1);
  const row = list[index];
  if (row === undefined) return list;
  const next = list.with(index, changed(row));
  return unique(next).length === next.length ? next : list;
}

function move<Row>(list: readonly Row[], from: number, to: number): readonly Row[] {
  const index = from % Math.max(list.length, 1);
  const row = list[index];
  return row === undefined ? list : list.toSpliced(index, 1).toSpliced(to % list.length, 0, row);
}

function without<Row>(list: readonly Row[], place: number): readonly Row[] {
  return list.toSpliced(place % Math.max(list.length, 1), 1);
}

/** Takes the assignments along; a slug that is in use already is not taken. */
function changeSlug(rows: MergeRows, place: number, to: string): MergeRows {
  const tagged = rows.tags[place % Math.max(rows.tags.length, 1)];
  const uses = rows.artifacts.flatMap((row) => row.tags);
  if (tagged === undefined || [...uses, ...rows.tags].some((other) => other.slug === to)) {
    return rows;
  }
  return {
    ...rows,
    tags: rows.tags.map((row) => (row === tagged ? { ...row, slug: to } : row)),
    artifacts: rows.artifacts.map((row) => ({
      ...row,
      tags: row.tags.map((use) => (use.slug === tagged.slug ? { slug: to, word: to } : use)),
    })),
  };
}

/** Takes the assignments away with the definition. */
function removeTag(rows: MergeRows, place: number): MergeRows {
  const removed = rows.tags[place % Math.max(rows.tags.length, 1)];
  return {
    ...rows,
    tags: rows.tags.filter((row) => row !== removed),
    artifacts: rows.artifacts.map((row) => ({
      ...row,
      tags: row.tags.filter((use) => use.slug !== removed?.slug),
    })),
  };
}

const uniqueGroups = (list: readonly MergeGroup[]) => once(list, groupKey);
const uniqueArtifacts = (list: readonly MergeArtifact[]) => once(list, (row) => row.artifact);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(at, fc.record({ name, description: word, color: word }, { requiredKeys: [] }))
    .map(([place, fields]): Edit => (rows) => ({
      ...rows,
      groups: change(rows.groups, place, (row) => ({ ...row, ...fields }), uniqueGroups),
    })),
  fc.tuple(at, member, at).map(([place, added, to]): Edit => (rows) => ({
    ...rows,
    groups: change(
      rows.groups,
      place,
      (row) => {
        const members = row.members.toSpliced(to % (row.members.length + 1), 0, added);
        return { ...row, members: once(members, memberKey) };
      },
      uniqueGroups,
    ),
  })),
  fc.tuple(at, at).map(([place, from]): Edit => (rows) => ({
    ...rows,
    groups: change(
      rows.groups,
      place,
      (row) => ({ ...row, members: without(row.members, from) }),
      uniqueGroups,
    ),
  })),
  fc.tuple(at, at, at).map(([place, from, to]): Edit => (rows) => ({
    ...rows,
    groups: change(
      rows.groups,
      place,
      (row) => ({ ...row, members: move(row.members, from, to) }),
      uniqueGroups,
    ),
  })),
  fc.tuple(group, at).map(([added, place]): Edit => (rows, newId) => {
    const row = { ...added, id: `${newId()}` };
    const groups = rows.groups.toSpliced(place % (rows.groups.length + 1), 0, row);
    return uniqueGroups(groups).length === groups.length ? { ...rows, groups } : rows;
  }),
  at.map((place): Edit => (rows) => ({ ...rows, groups: without(rows.groups, place) })),
  fc.tuple(at, at).map(([from, to]): Edit => (rows) => ({
    ...rows,
    groups: move(rows.groups, from, to),
  })),
  fc
    .tuple(at, fc.record({ name, color: word }, { requiredKeys: [] }))
    .map(([place, fields]): Edit => (rows) => ({
      ...rows,
      tags: change(rows.tags, place, (row) => ({ ...row, ...fields }), uniqueTags),
    })),
  fc.tuple(at, newSlug).map(
    ([place, to]): Edit =>
      (rows) =>
        changeSlug(rows, place, to),
  ),
  tag.map((added): Edit => (rows, newId) => {
    const list = [...rows.tags, { ...added, id: newId() }];
    return uniqueTags(list).length === list.length ? { ...rows, tags: list } : rows;
  }),
  at.map(
    (place): Edit =>
      (rows) =>
        removeTag(rows, place),
  ),
  fc.tuple(at, at).map(([from, to]): Edit => (rows) => ({
    ...rows,
    tags: move(rows.tags, from, to),
  })),
  artifact.map((added): Edit => (rows) => ({
    ...rows,
    artifacts: uniqueArtifacts([...rows.artifacts, added]),
  })),
  fc.tuple(at, tags).map(([place, uses]): Edit => (rows) => ({
    ...rows,
    artifacts: change(rows.artifacts, place, (row) => ({ ...row, tags: uses }), uniqueArtifacts),
  })),
  at.map((place): Edit => (rows) => ({ ...rows, artifacts: without(rows.artifacts, place) })),
);

const baseRows: fc.Arbitrary<MergeRows> = fc
  .record({
    groups: fc.array(group, { maxLength: 4 }),
    tags: fc.array(tag, { maxLength: 3 }),
    artifacts: fc.array(artifact, { maxLength: 3 }),
  })
  .map(({ groups, tags: definitions, artifacts }) =>
    settle({
      groups: uniqueGroups(groups.map((row, index) => ({ ...row, id: `${index}` }))),
      tags: uniqueTags(definitions.map((row, index) => ({ ...row, id: index }))),
      artifacts: uniqueArtifacts(artifacts),
    }),
  );

/** Each word under the tag that it means with the definitions that there are, as a cache has it. */
function settle(rows: MergeRows): MergeRows {
  const match = createTagMatcher(rows.tags);
  const bySlug = new Map(rows.tags.map((row) => [row.slug, row]));
  const settled = ({ slug: own, word: text }: MergeTagUse): MergeTagUse => {
    const definition = bySlug.get(own);
    if (definition === undefined) return { slug: match(text), word: text };
    return { slug: own, word: match(text) === own ? text : wordOf(definition, match) };
  };
  const artifacts = rows.artifacts.map((row) => ({
    ...row,
    tags: once(row.tags.map(settled), (use) => use.slug),
  }));
  return { ...rows, artifacts };
}

/** A base, and two sides that came from it by edits of their own. */
export interface Sides {
  readonly base: MergeRows;
  readonly ours: MergeSide;
  readonly theirs: MergeSide;
}

/** Both sides have the base's ids, as a cache has them. */
export const generatedSides: fc.Arbitrary<Sides> = fc
  .tuple(baseRows, fc.array(edit, { maxLength: 6 }), fc.array(edit, { maxLength: 6 }))
  .map(([base, ofOurs, ofTheirs]) => ({
    base,
    ours: { ...editAll(base, ofOurs, 100), hasIdsOfBase: true },
    theirs: { ...editAll(base, ofTheirs, 200), hasIdsOfBase: true },
  }));

function editAll(base: MergeRows, edits: readonly Edit[], firstId: number): MergeRows {
  let last = firstId;
  const newId = () => {
    last += 1;
    return last;
  };
  return settle(edits.reduce((rows, one) => one(rows, newId), base));
}

/** Rows as a file has them: without ids. */
export function asFile({
  groups,
  tags: definitions,
  artifacts,
}: MergeRows | MergedRows): MergeSide {
  return {
    groups: groups.map(({ name: text, description, color, icon, members }) => {
      return { id: null, name: text, description, color, icon, members };
    }),
    tags: definitions.map(({ name: text, slug: own, color, description }) => {
      return { id: null, name: text, slug: own, color, description };
    }),
    artifacts,
    hasIdsOfBase: false,
  };
}
