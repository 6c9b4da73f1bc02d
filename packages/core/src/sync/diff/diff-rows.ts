import type { ListDifference, RowChange } from "../../schema/sync.ts";
import {
  memberKey,
  type MergeArtifact,
  type MergeGroup,
  type MergeMember,
  type MergeRows,
  type MergeTag,
} from "../merge/mergeable-rows.ts";
import { diffList, type Listed } from "./diff-list.ts";

/** A difference, and the row of the cache's side or else of the other that it is of. */
export interface RowDifference extends RowChange {
  /** A group's id, a tag's slug, an artifact's `type:name`; "" for the order of all groups or all tags. */
  readonly id: string;
}

const GROUP_FIELDS = ["name", "description", "color", "icon"] as const;
const TAG_FIELDS = ["name", "slug", "color", "description"] as const;

type Fields = NonNullable<RowChange["fields"]>;

/**
 * Says what differs between the rows of a cache and others: those of its manifest, or those that it is
 * to have. Groups and tags are the same by their ids, artifacts by `type:name`.
 * @param other a group or tag without an id there is in it alone
 */
export function diffRows(cache: MergeRows, other: MergeRows): RowDifference[] {
  const groups = pairRows(cache.groups, other.groups, ({ id }) => id);
  const tags = pairRows(cache.tags, other.tags, ({ id }) => id);
  const artifacts = pairRows(cache.artifacts, other.artifacts, ({ artifact }) => artifact);
  return [
    ...tags.pairs.flatMap(([ours, theirs]) => {
      const left = ours ?? theirs;
      const row = { kind: "tag", id: left.slug, name: left.slug } as const;
      return differenceOf(row, ours, theirs, diffTag);
    }),
    ...orderOf("tag", tags, ({ slug }) => slug),
    ...groups.pairs.flatMap(([ours, theirs]) => {
      const left = ours ?? theirs;
      const row = { kind: "group", id: left.id ?? "", name: left.name } as const;
      return differenceOf(row, ours, theirs, diffGroup);
    }),
    ...orderOf("group", groups, ({ name }) => name),
    ...artifacts.pairs.flatMap(([ours, theirs]) => {
      const { artifact } = ours ?? theirs;
      const row = { kind: "artifact", id: artifact, name: artifact } as const;
      return differenceOf(row, ours, theirs, diffArtifact);
    }),
  ];
}

/** Without the ids, which mean nothing outside. */
export function toRowChanges(differences: readonly RowDifference[]): RowChange[] {
  return differences.map(({ kind, name, change, fields }) => {
    return { kind, name, change, ...(fields === undefined ? {} : { fields }) };
  });
}

/** Of the two at least one is there. */
type Pair<Row> = readonly [Row, Row | null] | readonly [null, Row];

interface Paired<Row> {
  readonly pairs: readonly Pair<Row>[];
  /** What both have, in the order of each. */
  readonly ours: readonly Row[];
  readonly theirs: readonly Row[];
}

function pairRows<Row>(
  ours: readonly Row[],
  theirs: readonly Row[],
  idOf: (row: Row) => string | number | null,
): Paired<Row> {
  const byId = new Map(theirs.map((row) => [idOf(row), row]));
  const ids = new Set(ours.map(idOf));
  const isInBoth = (row: Row) => idOf(row) !== null && ids.has(idOf(row)) && byId.has(idOf(row));
  return {
    pairs: [
      ...ours.map((row): Pair<Row> => [row, (isInBoth(row) ? byId.get(idOf(row)) : null) ?? null]),
      ...theirs.filter((row) => !isInBoth(row)).map((row): Pair<Row> => [null, row]),
    ],
    ours: ours.filter(isInBoth),
    theirs: theirs.filter(isInBoth),
  };
}

function differenceOf<Row>(
  row: Pick<RowDifference, "kind" | "id" | "name">,
  ours: Row | null,
  theirs: Row | null,
  fieldsOf: (ours: Row, theirs: Row) => Fields,
): RowDifference[] {
  if (ours === null) return [{ ...row, change: "added" }];
  if (theirs === null) return [{ ...row, change: "removed" }];
  const fields = fieldsOf(ours, theirs);
  return Object.keys(fields).length === 0 ? [] : [{ ...row, change: "changed", fields }];
}

/** The order of what both have: rows that came or went change nothing in it. */
function orderOf<Row extends { readonly id: string | number | null }>(
  kind: "group" | "tag",
  { ours, theirs }: Paired<Row>,
  nameOf: (row: Row) => string,
): RowDifference[] {
  const names = new Map(ours.map((row) => [row.id, nameOf(row)]));
  const listed = (rows: readonly Row[]) =>
    rows.map((row): Listed => ({ key: String(row.id), text: names.get(row.id) ?? nameOf(row) }));
  const order = diffList(listed(ours), listed(theirs));
  return order === null ? [] : [{ kind, id: "", name: "", change: "changed", fields: { order } }];
}

function diffGroup(ours: MergeGroup, theirs: MergeGroup): Fields {
  const listed = (members: readonly MergeMember[]) =>
    members.map((member): Listed => ({ key: memberKey(member), text: member.ref }));
  return {
    ...textFields(GROUP_FIELDS, ours, theirs),
    ...listField("members", diffList(listed(ours.members), listed(theirs.members))),
  };
}

function diffTag(ours: MergeTag, theirs: MergeTag): Fields {
  return textFields(TAG_FIELDS, ours, theirs);
}

/** Tags are a set: their order says nothing. */
function diffArtifact(ours: MergeArtifact, theirs: MergeArtifact): Fields {
  const listed = ({ tags }: MergeArtifact) =>
    tags.map(({ slug }): Listed => ({ key: slug, text: slug }));
  const tags = diffList(listed(ours), listed(theirs));
  const isSame = tags === null || tags.added.length + tags.removed.length === 0;
  return isSame ? {} : { tags: { ...tags, moved: [] } };
}

function textFields<Field extends string>(
  fields: readonly Field[],
  ours: Readonly<Record<Field, string>>,
  theirs: Readonly<Record<Field, string>>,
): Fields {
  const differing = fields.filter((field) => ours[field] !== theirs[field]);
  return Object.fromEntries(
    differing.map((field) => [field, { cache: ours[field], manifest: theirs[field] }]),
  );
}

function listField(name: string, difference: ListDifference | null): Fields {
  return difference === null ? {} : { [name]: difference };
}
