import { makeChange } from "../api/change.ts";
import { client, queryClient, trpc } from "../api/client.ts";
import type { Artifact } from "../api/queries.ts";
import { changeCached, refreshAround } from "./cached-artifacts.ts";
import { named } from "./tag-artifacts.ts";
import { tellDoneTogether } from "./undo-together.ts";

/** Removes artifacts from their collection, their files to the trash; one button takes all of it back. */
export async function removeArtifacts(
  collection: string,
  artifacts: readonly Artifact[],
): Promise<void> {
  const replies = await Promise.all(artifacts.map((artifact) => removeOne(collection, artifact)));
  const removed = artifacts.filter((_, index) => replies[index] !== null);
  const changes = replies.flatMap((reply) => (reply === null ? [] : [reply.change]));
  refreshAround(collection, { lists: "narrowed" });
  void queryClient.invalidateQueries(trpc.groups.pathFilter());
  void queryClient.invalidateQueries(trpc.trash.pathFilter());
  if (removed.length > 0) {
    tellDoneTogether(collection, `${named(removed)} moved to the trash`, changes);
  }
}

function removeOne(collection: string, { id }: Artifact) {
  return makeChange({
    collection,
    call: () => client.artifacts.remove.mutate({ collection, id }),
    show: () => changeCached(collection, new Set([id]), () => null),
  });
}
