import type { Group, Member } from "@skillmeat/core";
import type { Output } from "../output/output.ts";

/** Groups as a table. */
export function formatGroups(out: Output, groups: readonly Group[]): string {
  return out.table(groups, [
    { heading: "NAME", cell: ({ name }) => name },
    { heading: "MEMBERS", cell: ({ members }) => countMembers(members) },
    { heading: "COLOR", cell: ({ color }) => color, color: true },
    { heading: "ICON", cell: ({ icon }) => icon },
    { heading: "DESCRIPTION", cell: ({ description }) => description },
  ]);
}

/** A group with all that is known of it. */
export function formatGroup(out: Output, group: Group): string {
  const members = group.members.map(({ ref, artifactId }, index) => {
    const artifact = artifactId ?? "missing";
    return `${index + 1}. ${artifact === ref ? ref : `${ref}  (${artifact})`}`;
  });
  return out.fields([
    ["Name", group.name],
    ["Id", group.id],
    ["Collection", group.collection],
    ["Position", String(group.position)],
    ["Color", group.color, "color"],
    ["Icon", group.icon],
    ["Description", group.description],
    ["Members", members.length === 0 ? "none" : members.join("\n")],
  ]);
}

/**
 * Warns of each member that was just named and that no artifact answers to.
 * @param named the references of the command line
 */
export function warnOfMissing(out: Output, { members }: Group, named: readonly string[]): void {
  const keys = new Set(named.map(keyOf));
  for (const { ref, artifactId } of members) {
    if (artifactId === null && keys.has(keyOf(ref))) {
      out.warn(`No artifact answers to "${ref}"; the member is kept as missing`);
    }
  }
}

function countMembers(members: readonly Member[]): string {
  const missing = members.filter(({ artifactId }) => artifactId === null).length;
  return missing === 0 ? String(members.length) : `${members.length} (${missing} missing)`;
}

function keyOf(ref: string): string {
  return ref.trim().normalize("NFC").toLowerCase();
}
