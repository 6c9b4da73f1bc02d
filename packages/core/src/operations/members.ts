import { loadResolver } from "../cache/artifact-keys.ts";
import { mutate } from "../cache/commit.ts";
import { readGroup } from "../cache/groups.ts";
import { memberEntries, writeMembers, type MemberEntry } from "../cache/members.ts";
import type { Cache } from "../cache/open.ts";
import type { CollectionRow, GroupRow } from "../cache/tables.ts";
import type { SkillmeatError } from "../errors.ts";
import type { Resolver } from "../manifest/members.ts";
import { nearest } from "../nearest.ts";
import type {
  Group,
  GroupAddMembersInput,
  GroupRemoveMembersInput,
  GroupReorderMembersInput,
} from "../schema/group.ts";
import { createMemberFinder, placeMembers, toEntries } from "./place-members.ts";
import { requireGroup } from "./require.ts";
import { listed, notFound, quoted, shellWord } from "./suggest.ts";

/**
 * Puts artifacts into a group: at the place given, else last. A reference that no artifact answers
 * to is kept, as a member with `artifactId` null.
 * @throws SkillmeatError `not-found` where there is no such group
 */
export function addMembers(cache: Cache, input: GroupAddMembersInput): Promise<Group> {
  return changeMembers(
    cache,
    input,
    "groups.addMembers",
    ({ name }) => `Added ${listed(input.members)} to the group ${quoted(name)}`,
    (before, resolver) => placeMembers(before, toEntries(resolver, input.members), input.at),
  );
}

/**
 * Takes artifacts out of a group; they stay in the collection.
 * @throws SkillmeatError `not-found` where the group or one of its members is not there, with
 * nothing changed
 */
export function removeMembers(cache: Cache, input: GroupRemoveMembersInput): Promise<Group> {
  return changeMembers(
    cache,
    input,
    "groups.removeMembers",
    ({ name }) => `Took ${listed(input.members)} out of the group ${quoted(name)}`,
    (before, resolver, missing) => {
      const removed = new Set(placesOf(input.members, before, resolver, missing));
      return before.filter((_, place) => !removed.has(place));
    },
  );
}

/**
 * Puts the named members first, in the order given; the others follow in the order that they have.
 * @throws SkillmeatError `not-found` where the group or one of its members is not there, with
 * nothing changed
 */
export function reorderMembers(cache: Cache, input: GroupReorderMembersInput): Promise<Group> {
  return changeMembers(
    cache,
    input,
    "groups.reorderMembers",
    ({ name }) => `Reordered the members of the group ${quoted(name)}`,
    (before, resolver, missing) => {
      const named = new Set(placesOf(input.members, before, resolver, missing));
      const first = [...named].flatMap((place) => before[place] ?? []);
      return [...first, ...before.filter((_, place) => !named.has(place))];
    },
  );
}

type Missing = (ref: string) => SkillmeatError;

function placesOf(
  refs: readonly string[],
  members: readonly MemberEntry[],
  resolver: Resolver,
  missing: Missing,
): number[] {
  const find = createMemberFinder(members, resolver);
  return refs.flatMap((ref) => {
    const places = find(ref);
    if (places.length === 0) throw missing(ref);
    return places;
  });
}

function changeMembers(
  cache: Cache,
  input: { collection: string; group: string; members: readonly string[] },
  action: string,
  summaryOf: (group: GroupRow) => string,
  change: (before: MemberEntry[], resolver: Resolver, missing: Missing) => MemberEntry[],
): Promise<Group> {
  return mutate(cache, input.collection, action, async (tx, collection, log) => {
    const row = await requireGroup(tx, collection, input.group);
    await log.groups([row.id]);
    log.summary(summaryOf(row));
    const before = await memberEntries(tx, row.id);
    const resolver = await loadResolver(tx, collection.id, input.members);
    const after = change(before, resolver, (ref) => noMember(ref, before, row, collection));
    await writeMembers(tx, row.id, before, after);
    return readGroup(tx, collection, row);
  });
}

/** The error for a reference that none of a group's members is. */
export function noMember(
  ref: string,
  members: readonly MemberEntry[],
  group: GroupRow,
  collection: CollectionRow,
): SkillmeatError {
  const refs = members.map((member) => member.ref);
  return notFound(
    `member ${quoted(ref)} of the group ${quoted(group.name)}`,
    collection.dir,
    nearest(ref, refs),
    `group show ${shellWord(group.name)}`,
  );
}
