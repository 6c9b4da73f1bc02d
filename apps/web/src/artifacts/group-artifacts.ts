import { makeChange } from "../api/change.ts";
import { client, queryClient, trpc } from "../api/client.ts";
import type { Artifact, Group } from "../api/queries.ts";
import { changeCached, putCachedGroup, refreshAround } from "./cached-artifacts.ts";
import { named } from "./tag-artifacts.ts";
import { visibleText } from "./visible-text.ts";

/** Adds artifacts to a group, behind those that are in it. */
export async function addToGroup(
  collection: string,
  artifacts: readonly Artifact[],
  group: Pick<Group, "id" | "name">,
): Promise<void> {
  const concerned = artifacts.filter(({ groups }) => !groups.includes(group.name));
  if (concerned.length === 0) return;
  const members = concerned.map(({ id }) => id);
  await makeChange({
    collection,
    call: () => client.groups.addMembers.mutate({ collection, group: group.id, members }),
    show: () => showInGroup(collection, members, group.name, true),
    settle: (reply) => {
      putCachedGroup(collection, reply.group);
      refreshAround(collection, { lists: "narrowed" });
    },
    done: () => `${named(concerned)} added to “${visibleText(group.name)}”`,
  });
}

/** Takes artifacts out of a group; they stay in the collection. */
export async function takeOutOfGroup(
  collection: string,
  artifacts: readonly Artifact[],
  group: Pick<Group, "id" | "name">,
): Promise<void> {
  const concerned = artifacts.filter(({ groups }) => groups.includes(group.name));
  if (concerned.length === 0) return;
  const members = concerned.map(({ id }) => id);
  await makeChange({
    collection,
    call: () => client.groups.removeMembers.mutate({ collection, group: group.id, members }),
    show: () => showInGroup(collection, members, group.name, false),
    settle: (reply) => {
      putCachedGroup(collection, reply.group);
      refreshAround(collection, { lists: "narrowed" });
    },
    done: () => `${named(concerned)} taken out of “${visibleText(group.name)}”`,
  });
}

/** Makes a group that holds artifacts. */
export async function createGroupOf(
  collection: string,
  artifacts: readonly Artifact[],
  name: string,
): Promise<void> {
  const members = artifacts.map(({ id }) => id);
  await makeChange({
    collection,
    call: () => client.groups.create.mutate({ collection, name, members }),
    settle: (reply) => {
      showInGroup(collection, members, reply.group.name, true);
      void queryClient.invalidateQueries(trpc.groups.pathFilter());
      refreshAround(collection, { lists: "narrowed" });
    },
    done: (reply) =>
      `${named(artifacts)} added to the new group “${visibleText(reply.group.name)}”`,
  });
}

function showInGroup(
  collection: string,
  ids: readonly string[],
  group: string,
  isIn: boolean,
): () => void {
  return changeCached(collection, new Set(ids), (artifact) => ({
    ...artifact,
    groups: isIn
      ? [...new Set([...artifact.groups, group])]
      : artifact.groups.filter((each) => each !== group),
  }));
}
