import { loadResolver } from "../cache/artifact-keys.ts";
import { mutate } from "../cache/commit.ts";
import { readGroup } from "../cache/groups.ts";
import { memberEntries, writeMembers } from "../cache/members.ts";
import type { Cache } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import type { Group, GroupMoveMembersInput } from "../schema/group.ts";
import { noMember } from "./members.ts";
import { createMemberFinder, placeMembers } from "./place-members.ts";
import { requireGroup } from "./require.ts";
import { listed, quoted } from "./suggest.ts";

/**
 * Takes members out of one group and puts them into another, as one change: at the place given, else last.
 * Members that the other group has already move to that place, or stay where they are.
 * @returns both groups as they are then
 * @throws SkillmeatError `not-found` where a group or one of the members is not there, `invalid-input` where
 * both groups are one; with nothing changed
 */
export function moveMembers(
  cache: Cache,
  input: GroupMoveMembersInput,
): Promise<{ from: Group; to: Group }> {
  return mutate(cache, input.collection, "groups.moveMembers", async (tx, collection, log) => {
    const from = await requireGroup(tx, collection, input.group);
    const to = await requireGroup(tx, collection, input.to);
    if (from.id === to.id) {
      throw new SkillmeatError(
        "invalid-input",
        `The members of ${quoted(from.name)} are in that group already`,
        "Name another group, or change their order: skillmeat group order NAME REF…",
      );
    }
    await log.groups([from.id, to.id]);
    log.summary(
      `Moved ${listed(input.members)} from the group ${quoted(from.name)} to ${quoted(to.name)}`,
    );
    const before = await memberEntries(tx, from.id);
    const find = createMemberFinder(before, await loadResolver(tx, collection.id, input.members));
    const moved = input.members.flatMap((ref) => {
      const places = find(ref);
      if (places.length === 0) throw noMember(ref, before, from, collection);
      return places;
    });
    const places = new Set(moved);
    const entries = [...places].flatMap((place) => before[place] ?? []);
    await writeMembers(
      tx,
      from.id,
      before,
      before.filter((_, place) => !places.has(place)),
    );
    const others = await memberEntries(tx, to.id);
    await writeMembers(tx, to.id, others, placeMembers(others, entries, input.at));
    return {
      from: await readGroup(tx, collection, from),
      to: await readGroup(tx, collection, to),
    };
  });
}
