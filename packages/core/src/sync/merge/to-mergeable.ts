import { createTagMatcher } from "../../cache/tag-words.ts";
import { createResolver } from "../../manifest/members.ts";
import type { Manifest, ManifestGroup, ManifestTag } from "../../manifest/read.ts";
import type { CacheRows } from "../cache-rows.ts";
import { rowIdentity, type OwnedRows } from "../owned-rows.ts";
import { tagsOf } from "../row-tags.ts";
import {
  memberKey,
  type MergeArtifact,
  type MergeMember,
  type MergeRows,
  type MergeSide,
} from "./mergeable-rows.ts";

/** The artifact that a reference means, `type:name`; null where none does. */
export type ArtifactOf = (ref: string) => string | null;

/**
 * Makes the function that says what a reference means on every side: a member that one side knows the
 * artifact of is the same member where that is missing.
 * @param ids the artifacts of all sides, each `type:name`
 */
export function createArtifactOf(ids: Iterable<string>): ArtifactOf {
  const keys = [...new Set(ids)].map((id, index) => ({ id: index, ...splitArtifactId(id) }));
  const resolver = createResolver(keys);
  return (ref) => {
    const artifact = resolver.resolve(ref);
    return artifact === null ? null : artifactId(artifact);
  };
}

/** `type:name` */
export function artifactId({ type, name }: { type: string; name: string }): string {
  return `${type}:${name}`;
}

/** Takes `type:name` apart; no type holds a colon. */
export function splitArtifactId(id: string): { type: string; name: string } {
  const colon = id.indexOf(":");
  return { type: id.slice(0, colon), name: id.slice(colon + 1) };
}

/** The rows of a base as a merge takes them. */
export function mergeableBase(base: OwnedRows, artifactOf: ArtifactOf): MergeRows {
  const match = createTagMatcher(base.tags);
  return {
    groups: base.groups.map((group) => ({
      ...group,
      members: group.members.map((ref) => ({ ref, artifact: artifactOf(ref) })),
    })),
    tags: base.tags,
    artifacts: base.artifacts.map(({ artifact, tags }) => ({
      artifact,
      path: "",
      tags: [...tagsOf(tags, match)].map(([slug, word]) => ({ slug, word })),
    })),
  };
}

/** The rows of a cache as a merge takes them: those that its manifest is to hold. */
export function mergeableCache(rows: CacheRows, artifactOf: ArtifactOf): MergeRows {
  const ids = new Map(rows.artifacts.map((artifact) => [artifact.id, artifactId(artifact)]));
  return {
    groups: rows.groups.map((group) => ({
      ...group,
      members: group.members.map((member) => ({
        ref: member.ref,
        artifact: ids.get(member.artifactId ?? 0) ?? artifactOf(member.ref),
      })),
    })),
    tags: rows.tags,
    artifacts: rows.artifacts
      .filter((artifact) => artifact.inManifest)
      .map((artifact) => ({
        artifact: artifactId(artifact),
        path: artifact.path,
        tags: artifact.tags,
      })),
  };
}

/** The ids that the rows of a manifest are given. */
export interface FileIds {
  readonly group: (group: ManifestGroup) => string | null;
  readonly tag: (tag: ManifestTag) => number | null;
}

const NO_IDS: FileIds = { group: () => null, tag: () => null };

/**
 * The rows of a manifest as a merge takes them.
 * @param base knows of which artifacts the rows of `[[artifacts]]` are; such as it does not know are left out
 */
export function mergeableFile(
  manifest: Manifest,
  base: OwnedRows,
  artifactOf: ArtifactOf,
  ids: FileIds = NO_IDS,
): MergeSide {
  const tags = manifest.tags.map((tag) => tag.definition);
  const match = createTagMatcher(tags);
  const ofBase = new Map(base.artifacts.map(({ row, artifact }) => [row, artifact]));
  const artifacts = manifest.artifacts.flatMap(({ definition }): MergeArtifact[] => {
    const artifact = ofBase.get(rowIdentity(definition));
    if (artifact === undefined) return [];
    const words = tagsOf(definition.tags, match);
    const uses = [...words].map(([slug, word]) => ({ slug, word }));
    return [{ artifact, path: definition.path ?? "", tags: uses }];
  });
  return {
    groups: manifest.groups.map((group) => ({
      ...group.definition,
      id: ids.group(group),
      members: onceEach(
        group.definition.members.map((ref) => ({ ref, artifact: artifactOf(ref) })),
      ),
    })),
    tags: manifest.tags.map((tag) => ({ ...tag.definition, id: ids.tag(tag) })),
    artifacts: [...new Map(artifacts.map((row) => [row.artifact, row])).values()],
    hasIdsOfBase: false,
  };
}

/** A file may name a member twice, in two forms. */
function onceEach(members: readonly MergeMember[]): MergeMember[] {
  const keys = new Set<string>();
  return members.filter((member) => {
    const isNew = !keys.has(memberKey(member));
    keys.add(memberKey(member));
    return isNew;
  });
}

/** Makes that function for the artifacts that a base and a cache know. */
export function artifactsOf(base: OwnedRows, rows: CacheRows): ArtifactOf {
  return createArtifactOf([
    ...base.artifacts.map(({ artifact }) => artifact),
    ...rows.artifacts.map(artifactId),
  ]);
}
