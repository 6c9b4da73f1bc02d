import { createTagMatcher } from "../cache/tag-words.ts";
import type { Manifest, ManifestArtifact, ManifestGroup, ManifestTag } from "../manifest/read.ts";
import type { DesiredArtifact, DesiredManifest, DesiredRow } from "../manifest/desired-manifest.ts";
import { readReturningRow, textOfRow, type ReturningRow } from "../manifest/returning-row.ts";
import type { RowSource } from "../manifest/rows.ts";
import type { GroupDefinition } from "../schema/group.ts";
import type { TagDefinition } from "../schema/tag.ts";
import { nameKey } from "../schema/text.ts";
import type { CacheArtifact, CacheMember, CacheRows } from "./cache-rows.ts";
import { matchGroups, matchTags, type Match } from "./match.ts";
import { rowKeyText, type RemovedRow, type RowKey } from "./removed-rows.ts";
import { tagsOf } from "./row-tags.ts";
import {
  rowIdentity,
  type OwnedArtifact,
  type OwnedGroup,
  type OwnedRows,
  type OwnedTag,
} from "./owned-rows.ts";

/** What a manifest is to hold so that it equals the cache, and the base once it does. */
export interface Plan {
  readonly desired: DesiredManifest;
  readonly owned: OwnedRows;
  /** What goes from the file, as it stands there. */
  readonly removed: readonly RemovedRow[];
}

/**
 * Plans the manifest that equals the cache's rows. Every row of the file that is not ours to remove
 * stays: only such go as the base has and the cache no more.
 */
export function planManifest(manifest: Manifest, rows: CacheRows, base: OwnedRows): Plan {
  const groups = planGroups(manifest, rows, base);
  const tags = planTags(manifest, rows, base);
  const match = createTagMatcher(rows.tags);
  const artifacts = planArtifacts(manifest, { ...rows, match }, base);
  return {
    desired: {
      displayName: rows.givenName,
      groups: groups.desired,
      tags: tags.desired,
      artifacts: artifacts.desired,
    },
    owned: { groups: groups.owned, tags: tags.owned, artifacts: artifacts.owned },
    removed: [...groups.removed, ...tags.removed, ...artifacts.removed],
  };
}

/** What the rows of one section are to be, and their base once they are. */
interface SectionRows<From, Definition, Owned> {
  readonly desired: DesiredRow<From, Definition>[];
  readonly owned: readonly Owned[];
  readonly removed: readonly RemovedRow[];
}

/** Plans the groups, as {@link planManifest} does. */
export function planGroups(
  manifest: Manifest,
  rows: Pick<CacheRows, "groups" | "resolver" | "returning">,
  base: Pick<OwnedRows, "groups">,
): SectionRows<ManifestGroup, GroupDefinition, OwnedGroup> {
  const matches = matchGroups(manifest.groups, rows.groups, base);
  const fileRow = fileRows(matches);
  const groups = rows.groups.map(({ id, ...group }) => {
    const from = fileRow.get(id) ?? null;
    const returning = from === null ? returningRow(manifest, rows, "group", id, groupsOf) : null;
    const members = memberTexts(group.members, from ?? returning?.row ?? null, rows);
    return { id, from, returning, definition: { ...group, members } };
  });
  return {
    desired: groups,
    owned: groups.map(({ id, definition }) => ({ id, ...definition })),
    removed: removedRows(manifest, "group", matches),
  };
}

/** Plans the tag definitions, as {@link planManifest} does. */
export function planTags(
  manifest: Manifest,
  rows: Pick<CacheRows, "tags" | "returning">,
  base: Pick<OwnedRows, "tags">,
): SectionRows<ManifestTag, TagDefinition, OwnedTag> {
  const matches = matchTags(manifest.tags, rows.tags, base);
  const fileRow = fileRows(matches);
  const desired = rows.tags.map(({ id, ...definition }) => {
    const from = fileRow.get(id) ?? null;
    const returning = from === null ? returningRow(manifest, rows, "tag", id, tagsIn) : null;
    return { from, returning, definition };
  });
  return { desired, owned: rows.tags, removed: removedRows(manifest, "tag", matches) };
}

const groupsOf = ({ groups }: Manifest) => groups;
const tagsIn = ({ tags }: Manifest) => tags;
const artifactsOf = ({ artifacts }: Manifest) => artifacts;

function returningRow<Row>(
  { newline }: Manifest,
  { returning }: Pick<CacheRows, "returning">,
  kind: RowKey["kind"],
  id: string | number,
  rowsOf: (manifest: Manifest) => readonly Row[],
): ReturningRow<Row> | null {
  const text = returning.get(rowKeyText({ kind, key: String(id) }));
  return text === undefined ? null : readReturningRow(text, newline, rowsOf);
}

function removedRows<Id extends string | number>(
  manifest: Manifest,
  kind: RowKey["kind"],
  matches: ReadonlyMap<{ readonly row: RowSource }, Match<Id>>,
): RemovedRow[] {
  return [...matches].flatMap(([{ row }, match]) =>
    match.kind === "deleted" ? removedRow(manifest, row, { kind, key: String(match.row) }) : [],
  );
}

function removedRow(manifest: Manifest, row: RowSource, key: RowKey): RemovedRow[] {
  const text = textOfRow(manifest, row);
  return text === null ? [] : [{ ...key, text }];
}

function fileRows<FileRow, Id>(matches: ReadonlyMap<FileRow, Match<Id>>): Map<Id, FileRow> {
  const rows = new Map<Id, FileRow>();
  for (const [row, match] of matches) if (match.kind === "both") rows.set(match.row, row);
  return rows;
}

/** What of a member counts when lists are compared: the artifact, else the reference. */
function memberKey({ ref, artifactId }: CacheMember): string | number {
  return artifactId ?? nameKey(ref);
}

/** The members that a list of references means, each once. */
export function membersOf(
  refs: readonly string[],
  rows: Pick<CacheRows, "resolver">,
): CacheMember[] {
  const seen = new Set<string | number>();
  const members: CacheMember[] = [];
  for (const ref of refs) {
    const member = rows.resolver.memberOf(ref);
    const key = memberKey(member);
    if (!seen.has(key)) members.push(member);
    seen.add(key);
  }
  return members;
}

/** The file's own list where it means the same members; an entry that stays keeps its form. */
function memberTexts(
  members: readonly CacheMember[],
  from: ManifestGroup | null,
  rows: Pick<CacheRows, "resolver">,
): string[] {
  const inFile = from?.definition.members ?? [];
  const meant = membersOf(inFile, rows);
  if (sameItems(meant.map(memberKey), members.map(memberKey))) return [...inFile];
  const forms = new Map(meant.map((member) => [memberKey(member), member.ref]));
  return members.map((member) => forms.get(memberKey(member)) ?? member.ref);
}

/**
 * Plans the rows of `[[artifacts]]`, as {@link planManifest} does.
 * @param rows `match` tells the slug that a word means
 */
export function planArtifacts(
  manifest: Manifest,
  rows: Pick<CacheRows, "artifacts" | "returning"> & { readonly match: (word: string) => string },
  base: Pick<OwnedRows, "artifacts">,
): SectionRows<ManifestArtifact, DesiredArtifact, OwnedArtifact> {
  const wanted = new Map(
    rows.artifacts
      .filter((artifact) => artifact.inManifest)
      .map((artifact) => [`${artifact.type}:${artifact.name}`, artifact]),
  );
  const { match } = rows;
  const ofBase = new Map(base.artifacts.map((owned) => [owned.row, owned.artifact]));
  const desired: DesiredRow<ManifestArtifact, DesiredArtifact>[] = [];
  const owned: OwnedArtifact[] = [];
  const removed: RemovedRow[] = [];
  for (const from of manifest.artifacts) {
    const row = rowIdentity(from.definition);
    const artifact = ofBase.get(row);
    ofBase.delete(row);
    if (artifact === undefined) {
      // Refused or second of its kind: it is nobody's here, and stays.
      desired.push({ from, definition: definitionOf(from) });
      continue;
    }
    const inCache = wanted.get(artifact);
    if (inCache === undefined) {
      removed.push(...removedRow(manifest, from.row, { kind: "artifact", key: artifact }));
      continue;
    }
    wanted.delete(artifact);
    const tags = tagTexts(inCache, from, match);
    desired.push({ from, definition: { ...definitionOf(from), tags } });
    owned.push({ artifact, row, tags });
  }
  for (const [artifact, inCache] of wanted) {
    const { name, type, path } = inCache;
    const returning = returningRow(manifest, rows, "artifact", artifact, artifactsOf);
    const tags =
      returning === null
        ? inCache.tags.map((tag) => tag.word)
        : tagTexts(inCache, returning.row, match);
    const kept = returning === null ? { name, type, path } : definitionOf(returning.row);
    desired.push({ from: null, returning, definition: { ...kept, tags } });
    owned.push({ artifact, row: rowIdentity({ ...kept, path: kept.path || null }), tags });
  }
  return { desired, owned, removed };
}

function definitionOf({ definition }: ManifestArtifact): DesiredArtifact {
  const { name, type, path, tags } = definition;
  return { name, type, path: path ?? "", tags };
}

/** The file's own words where they mean the same tags; a word that stays keeps its form. */
function tagTexts(
  artifact: CacheArtifact,
  from: ManifestArtifact,
  match: (word: string) => string,
): readonly string[] {
  const inFile = tagsOf(from.definition.tags, match);
  const wanted = artifact.tags.map((tag) => tag.slug);
  if (sameItems([...inFile.keys()], wanted)) return from.definition.tags;
  return artifact.tags.map((tag) => inFile.get(tag.slug) ?? tag.word);
}

function sameItems<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
