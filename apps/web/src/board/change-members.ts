import { makeChange, type Outcome } from "../api/change.ts";
import type { Artifact, Group, Member } from "../api/queries.ts";
import {
  askUngrouped,
  hideUngrouped,
  noteGroupsChanged,
  putGroups,
  readGroups,
  showUngrouped,
} from "./group-cache.ts";

/** A change of who is in which groups. */
export interface MembersChange<Reply extends Outcome> {
  readonly collection: string;
  /** The members of the groups that it changes, as they will be, by the groups' ids. */
  readonly members: ReadonlyMap<string, readonly Member[]>;
  /** Those that may stand in no group then. */
  readonly leaving?: readonly Member[];
  /** Those that stand in a group then. */
  readonly arriving?: readonly Member[];
  readonly index: ReadonlyMap<string, Artifact>;
  readonly call: () => Promise<Reply>;
  readonly groupsOf: (reply: Reply) => readonly Group[];
  readonly done?: ((reply: Reply) => string) | undefined;
}

/** How many changes of a group are under way. */
const underWay = new Map<string, number>();

/** Makes a change of members: shown at once, and then as the server has it. @returns the reply; null where it failed */
export async function changeMembers<Reply extends Outcome>(
  change: MembersChange<Reply>,
): Promise<Reply | null> {
  const { collection, members, leaving = [], arriving = [], index, call, groupsOf, done } = change;
  const ids = [...members.keys()];
  for (const id of ids) underWay.set(id, (underWay.get(id) ?? 0) + 1);
  const reply = await makeChange<Reply>({
    collection,
    call,
    show() {
      const before = readGroups(collection).filter(({ id }) => members.has(id));
      putGroups(
        collection,
        before.map((group) => ({ ...group, members: [...(members.get(group.id) ?? [])] })),
      );
      const putBack = hideUngrouped(collection, new Set(arriving.flatMap(idOf)));
      const hideAgain = showUngrouped(collection, freed(collection, leaving, index));
      return () => {
        hideAgain();
        putBack();
        putGroups(collection, before);
      };
    },
    settle(answer) {
      // Of a group that was changed again meanwhile the answer is old; the last one shows all.
      putGroups(
        collection,
        groupsOf(answer).filter(({ id }) => (underWay.get(id) ?? 0) <= 1),
      );
      if (leaving.some((member) => !isKnown(member, index))) askUngrouped(collection);
      noteGroupsChanged();
    },
    ...(done === undefined ? {} : { done }),
  });
  for (const id of ids) underWay.set(id, (underWay.get(id) ?? 1) - 1);
  return reply;
}

/** Of those that leave a group, the artifacts that are in no other. */
export function freed(
  collection: string,
  leaving: readonly Member[],
  index: ReadonlyMap<string, Artifact>,
): Artifact[] {
  const ids = new Set(leaving.flatMap(idOf));
  if (ids.size === 0) return [];
  for (const { members } of readGroups(collection)) {
    for (const { artifactId } of members) if (artifactId !== null) ids.delete(artifactId);
  }
  return [...ids].flatMap((id) => index.get(id) ?? []);
}

function idOf({ artifactId }: Member): string[] {
  return artifactId === null ? [] : [artifactId];
}

function isKnown({ artifactId }: Member, index: ReadonlyMap<string, Artifact>): boolean {
  return artifactId === null || index.has(artifactId);
}
