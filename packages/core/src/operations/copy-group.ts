import { randomUUID } from "node:crypto";
import { loadResolver } from "../cache/artifact-keys.ts";
import { mutate, requireCollection } from "../cache/commit.ts";
import { groupRows, readGroup } from "../cache/groups.ts";
import { readMembers, writeMembers, type MemberEntry } from "../cache/members.ts";
import type { Cache } from "../cache/open.ts";
import type { GroupRow } from "../cache/tables.ts";
import type { Resolver } from "../manifest/members.ts";
import type { Group, GroupCopyInput, Member } from "../schema/group.ts";
import { characters, nameKey } from "../schema/text.ts";
import { refuseTaken } from "./groups.ts";
import { placeMembers } from "./place-members.ts";
import { requireGroup } from "./require.ts";
import { quoted } from "./suggest.ts";

/** As in the schema of a group's name. */
const LONGEST_NAME = 255;

/**
 * Copies a group with its members, in their order, behind the groups of a collection, which may be its
 * own. A member that the target has no artifact for is kept as a reference, with `artifactId` null.
 * @returns the copy
 * @throws SkillmeatError `not-found`; `conflict` where the name asked for is taken, ignoring case
 */
export function copyGroup(cache: Cache, input: GroupCopyInput): Promise<Group> {
  return mutate(cache, input.to, "groups.copy", async (tx, target, log) => {
    const source = await requireCollection(tx, input.collection);
    const original = await requireGroup(tx, source, input.group);
    const rows = await groupRows(tx, target.id);
    if (input.as !== undefined) await refuseTaken(tx, target, input.as);
    const name = input.as ?? freeName(original.name, rows);
    const copy: GroupRow = {
      ...original,
      id: randomUUID(),
      collection_id: target.id,
      name,
      name_key: nameKey(name),
      position: rows.length,
    };
    await log.groups([copy.id]);
    log.summary(`Copied the group ${quoted(original.name)} as ${quoted(name)}`);
    await tx.insertInto("groups").values(copy).execute();
    const members = (await readMembers(tx, source.id, [original.id])).get(original.id) ?? [];
    const refs = members.flatMap(({ ref, artifactId }) => [ref, artifactId ?? ref]);
    const resolver = await loadResolver(tx, target.id, refs);
    const entries = members.map((member) => entryOf(member, resolver));
    await writeMembers(tx, copy.id, [], placeMembers([], entries));
    return readGroup(tx, target, copy);
  });
}

/**
 * A member as the target has it. One whose plain name means an artifact of another type there is
 * named with its type, lest it stand for that.
 */
function entryOf({ ref, artifactId }: Member, resolver: Resolver): MemberEntry {
  const wanted = artifactId ?? ref;
  const artifact = resolver.resolve(wanted);
  if (artifact !== null) return { ref: resolver.refOf(artifact), artifact_id: artifact.id };
  return { ref: resolver.resolve(ref) === null ? ref : wanted, artifact_id: null };
}

/** A name that an earlier copy was given, and the one that it was made of. */
const COPY = /^(.*\S) \(Copy(?: \d+)?\)$/su;

/**
 * The name itself, else `Name (Copy)`, `Name (Copy 2)` and so on, also for what is a copy already; cut
 * where it would be too long.
 */
function freeName(name: string, rows: readonly GroupRow[]): string {
  const taken = new Set(rows.map((row) => row.name_key));
  const base = COPY.exec(name)?.[1] ?? name;
  let candidate = name;
  for (let n = 1; taken.has(nameKey(candidate)); n += 1) {
    const suffix = n === 1 ? " (Copy)" : ` (Copy ${n})`;
    candidate = cut(base, LONGEST_NAME - suffix.length) + suffix;
  }
  return candidate;
}

function cut(text: string, length: number): string {
  return characters(text) <= length ? text : Array.from(text).slice(0, length).join("").trimEnd();
}
