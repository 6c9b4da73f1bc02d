import type { MemberEntry } from "../cache/members.ts";
import type { Resolver } from "../manifest/members.ts";
import { nameKey } from "../schema/text.ts";

/** References as members: with the artifact that answers to each, else kept as given. */
export function toEntries(resolver: Resolver, refs: readonly string[]): MemberEntry[] {
  return refs.map((ref) => {
    const artifact = resolver.resolve(ref.trim());
    return artifact === null
      ? { ref: ref.trim(), artifact_id: null }
      : { ref: resolver.refOf(artifact), artifact_id: artifact.id };
  });
}

/**
 * Puts members into a list that may hold some of them already; nobody is a member twice.
 * @param at where they go, in the order given, also those that are members already; without it
 * those stay where they are and the new ones go last
 */
export function placeMembers(
  before: readonly MemberEntry[],
  added: readonly MemberEntry[],
  at?: number,
): MemberEntry[] {
  const present = new Map(before.map((entry) => [identityOf(entry), entry]));
  const wanted = new Map<string, MemberEntry>();
  for (const entry of added) {
    const key = identityOf(entry);
    if (!wanted.has(key)) wanted.set(key, present.get(key) ?? entry);
  }
  if (at === undefined) {
    const fresh = [...wanted].filter(([key]) => !present.has(key));
    return [...before, ...fresh.map(([, entry]) => entry)];
  }
  const others = before.filter((entry) => !wanted.has(identityOf(entry)));
  return others.toSpliced(at, 0, ...wanted.values());
}

/** Two members with one identity are one: the same artifact, or the same unanswered reference. */
function identityOf(entry: MemberEntry): string {
  return entry.artifact_id === null ? `ref ${nameKey(entry.ref)}` : `artifact ${entry.artifact_id}`;
}

/**
 * Makes the function that finds the places of a reference's member: of the artifact that it means,
 * else of its text, ignoring case. None where it is no member.
 */
export function createMemberFinder(
  members: readonly MemberEntry[],
  resolver: Resolver,
): (ref: string) => readonly number[] {
  const byArtifact = new Map<number, number[]>();
  const byText = new Map<string, number[]>();
  for (const [place, { ref, artifact_id }] of members.entries()) {
    if (artifact_id !== null) push(byArtifact, artifact_id, place);
    push(byText, nameKey(ref.trim()), place);
  }
  return (ref) => {
    const artifact = resolver.resolve(ref.trim());
    const meant = artifact === null ? undefined : byArtifact.get(artifact.id);
    return meant ?? byText.get(nameKey(ref.trim())) ?? [];
  };
}

function push<K>(lists: Map<K, number[]>, key: K, item: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
