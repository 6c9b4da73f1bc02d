import { makeChange } from "../api/change.ts";
import { client, queryClient, trpc } from "../api/client.ts";

/** Makes a group at the end of the board. @returns its id; null where it was refused, which was told */
export async function createGroup(collection: string, name: string): Promise<string | null> {
  const reply = await makeChange({
    collection,
    call: () => client.groups.create.mutate({ collection, name }),
    settle() {
      void queryClient.invalidateQueries(trpc.groups.pathFilter());
      void queryClient.invalidateQueries(trpc.collections.pathFilter());
    },
    done: ({ group }) => `Created the group ${group.name}`,
  });
  return reply?.group.id ?? null;
}

/** Makes a tag without a colour. @returns whether it was made */
export async function createTag(collection: string, name: string): Promise<boolean> {
  const reply = await makeChange({
    collection,
    call: () => client.tags.create.mutate({ collection, name }),
    settle() {
      void queryClient.invalidateQueries(trpc.tags.pathFilter());
      void queryClient.invalidateQueries(trpc.collections.pathFilter());
    },
    done: ({ tag }) => `Created the tag ${tag.name}`,
  });
  return reply !== null;
}
