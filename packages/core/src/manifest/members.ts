import { ARTIFACT_TYPES, isArtifactType } from "../schema/artifact.ts";
import { nameKey } from "../schema/text.ts";

/** What a reference is resolved to; `id` is the cache's row. */
export interface ArtifactKey {
  readonly id: number;
  readonly type: string;
  readonly name: string;
}

/** Finds artifacts by reference, and the reference of an artifact. */
export interface Resolver {
  /**
   * The artifact that a reference means, ignoring case, with or without `.md`. What stands before
   * the first colon is a type only if it is one; an ambiguous plain name means the first of
   * skill, command, agent, hook, mcp, workflow, then other types by name.
   */
  resolve(ref: string): ArtifactKey | null;
  /** The plain name where that is unique in the collection, else `type:name`. */
  refOf(artifact: ArtifactKey): string;
  /** Whether a reference means this artifact and no other could be meant, so that it keeps its form. */
  standsFor(ref: string, artifact: ArtifactKey): boolean;
  /** The member that a reference stands for: one that could mean another artifact is written otherwise. */
  memberOf(ref: string): ResolvedMember;
}

/** A member of a group: how it is written, and the artifact that it is, or null. */
export interface ResolvedMember {
  readonly ref: string;
  readonly artifactId: number | null;
}

/** Makes the resolver of one collection's artifacts. */
export function createResolver(artifacts: readonly ArtifactKey[]): Resolver {
  const types = new Set<string>(ARTIFACT_TYPES);
  const byName = new Map<string, ArtifactKey[]>();
  for (const artifact of artifacts) {
    types.add(artifact.type.toLowerCase());
    const key = nameKey(artifact.name);
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [artifact]);
    else same.push(artifact);
  }

  function find(name: string, type: string | null): ArtifactKey | null {
    const named = byName.get(nameKey(name)) ?? [];
    const candidates = named.filter(
      (artifact) => type === null || artifact.type.toLowerCase() === type,
    );
    // As nearly always; to sort one costs more than to find it.
    if (candidates.length < 2) return candidates[0] ?? null;
    const [first = null] = candidates.toSorted(
      (a, b) =>
        typeRank(a.type) - typeRank(b.type) ||
        compare(a.type, b.type) ||
        Number(b.name === name) - Number(a.name === name) ||
        compare(a.name, b.name),
    );
    return first;
  }

  function resolve(ref: string): ArtifactKey | null {
    const { type, name } = splitRef(ref, types);
    return find(name, type) ?? find(name.replace(/\.md$/i, ""), type);
  }

  const isPlain = (ref: string) => splitRef(ref, types).type === null;
  const isUnique = (artifact: ArtifactKey) => byName.get(nameKey(artifact.name))?.length === 1;

  function refOf(artifact: ArtifactKey): string {
    const plain = isUnique(artifact) && isPlain(artifact.name);
    return plain ? artifact.name : `${artifact.type}:${artifact.name}`;
  }

  const isClear = (ref: string, artifact: ArtifactKey) => !isPlain(ref) || isUnique(artifact);

  // An artifact is in many groups, and their lists are looked at more than once.
  const members = new Map<string, ResolvedMember>();
  function memberOf(ref: string): ResolvedMember {
    const known = members.get(ref);
    if (known !== undefined) return known;
    const artifact = resolve(ref);
    const stands = artifact === null || isClear(ref, artifact);
    const member = { ref: stands ? ref : refOf(artifact), artifactId: artifact?.id ?? null };
    members.set(ref, member);
    return member;
  }

  return {
    resolve,
    refOf,
    standsFor: (ref, artifact) => resolve(ref)?.id === artifact.id && isClear(ref, artifact),
    memberOf,
  };
}

/** Takes a reference apart; `type` is in lower case, and null where the text names none of `types`. */
function splitRef(ref: string, types: ReadonlySet<string>): { type: string | null; name: string } {
  const colon = ref.indexOf(":");
  const type = ref.slice(0, Math.max(colon, 0)).toLowerCase();
  return types.has(type) ? { type, name: ref.slice(colon + 1) } : { type: null, name: ref };
}

function typeRank(type: string): number {
  return isArtifactType(type) ? ARTIFACT_TYPES.indexOf(type) : ARTIFACT_TYPES.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
