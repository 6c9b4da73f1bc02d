import type { SkillmeatClient } from "@skillmeat/client";
import { connect } from "@skillmeat/client/node";
import { withoutId } from "../../../support/skillmeat.ts";

/** Everything that a person sees of a home, as one text that two homes can be compared by. */
export async function viewOf(client: SkillmeatClient, root: string): Promise<string> {
  const { items } = await client.collections.list.query();
  const collections = [];
  for (const collection of items) {
    const input = { collection: collection.name };
    const [groups, tags, artifacts] = await Promise.all([
      client.groups.list.query(input),
      client.tags.list.query(input),
      client.artifacts.list.query({ ...input, limit: 1000 }),
    ]);
    collections.push({
      collection,
      groups: groups.items.map(withoutId),
      tags: tags.items,
      artifacts: artifacts.items,
    });
  }
  return JSON.stringify(collections, null, 1).replaceAll(root, "~");
}

/** Works on a home in this process, and closes it. */
export async function inProcess<T>(
  root: string,
  work: (client: SkillmeatClient) => Promise<T>,
): Promise<T> {
  const { client, close } = await connect({ home: root, embedded: true });
  try {
    return await work(client);
  } finally {
    await close();
  }
}
