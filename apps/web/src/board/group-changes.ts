import { makeChange } from "../api/change.ts";
import { client, queryClient, trpc } from "../api/client.ts";
import type { Artifact, Group } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { freed } from "./change-members.ts";
import {
  askUngrouped,
  changeGroups,
  noteGroupsChanged,
  putGroups,
  readGroups,
  showUngrouped,
} from "./group-cache.ts";

/** What a person may change of a group itself. */
export type GroupFields = Partial<Pick<Group, "name" | "description" | "color" | "icon">>;

/** Makes a group at the end. @returns its id; null where it was refused, which was told */
export async function addGroup(collection: string, name: string): Promise<string | null> {
  const reply = await makeChange({
    collection,
    call: () => client.groups.create.mutate({ collection, name }),
    settle({ group }) {
      changeGroups(collection, (groups) => [...groups.filter(({ id }) => id !== group.id), group]);
      noteGroupsChanged();
    },
  });
  return reply?.group.id ?? null;
}

/** Changes a group's name, description, colour or icon. */
export async function changeGroup(group: Group, fields: GroupFields): Promise<void> {
  const { collection, id } = group;
  await makeChange({
    collection,
    call: () => client.groups.update.mutate({ collection, group: id, ...fields }),
    show() {
      patchGroup(collection, id, fields);
      const { name, description, color, icon } = group;
      return () => patchGroup(collection, id, { name, description, color, icon });
    },
    settle(reply) {
      const { name, description, color, icon } = reply.group;
      patchGroup(collection, id, { name, description, color, icon });
      noteGroupsChanged();
    },
  });
}

/** Moves a group to a place among all groups, counted from 0. */
export async function placeGroup(group: Group, position: number): Promise<void> {
  const { collection, id } = group;
  const before = readGroups(collection).map((each) => each.id);
  if (before.indexOf(id) === position) return;
  const after = before.filter((each) => each !== id).toSpliced(position, 0, id);
  await makeChange({
    collection,
    call: () => client.groups.update.mutate({ collection, group: id, position }),
    show() {
      orderGroups(collection, after);
      return () => orderGroups(collection, before);
    },
    settle: noteGroupsChanged,
  });
}

/** Deletes a group; its artifacts stay, and one button takes it back. */
export async function deleteGroup(
  group: Group,
  index: ReadonlyMap<string, Artifact>,
): Promise<void> {
  const { collection, id, name, members } = group;
  await makeChange({
    collection,
    call: () => client.groups.delete.mutate({ collection, group: id }),
    show() {
      const before = readGroups(collection).findIndex((each) => each.id === id);
      changeGroups(collection, (groups) => groups.filter((each) => each.id !== id));
      const hideAgain = showUngrouped(collection, freed(collection, members, index));
      return () => {
        hideAgain();
        changeGroups(collection, (groups) => groups.toSpliced(before, 0, group));
      };
    },
    settle() {
      askUngrouped(collection);
      noteGroupsChanged();
    },
    done: () => `Group “${visibleText(name)}” deleted; its artifacts stay`,
  });
}

/** Copies a group to another collection, where names that no artifact answers to are kept. */
export async function copyGroup({ collection, id, name }: Group, to: string): Promise<void> {
  await makeChange({
    collection: to,
    call: () => client.groups.copy.mutate({ collection, group: id, to }),
    settle() {
      void queryClient.invalidateQueries(trpc.groups.list.queryFilter({ collection: to }));
      void queryClient.invalidateQueries(trpc.collections.pathFilter());
    },
    done: (reply) =>
      reply.group.name === name
        ? `“${visibleText(name)}” copied to ${to}`
        : `“${visibleText(name)}” copied to ${to} as “${visibleText(reply.group.name)}”`,
  });
}

function patchGroup(collection: string, id: string, fields: GroupFields): void {
  const group = readGroups(collection).find((each) => each.id === id);
  if (group !== undefined) putGroups(collection, [{ ...group, ...fields }]);
}

function orderGroups(collection: string, ids: readonly string[]): void {
  const places = new Map(ids.map((id, place) => [id, place]));
  changeGroups(collection, (groups) =>
    groups
      .toSorted((a, b) => (places.get(a.id) ?? ids.length) - (places.get(b.id) ?? ids.length))
      .map((group, position) => (group.position === position ? group : { ...group, position })),
  );
}
