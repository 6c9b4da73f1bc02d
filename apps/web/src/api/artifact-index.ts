import { useQuery } from "@tanstack/react-query";
import { client, trpc } from "./client.ts";
import type { Artifact } from "./queries.ts";

/** As many as one call gives. */
const PAGE = 1_000;

/**
 * All artifacts of a collection by id. It comes a page at a time behind what is on the screen already.
 * @param options `enabled`: whether it is asked for yet
 */
export function useArtifactIndex(collection: string, { enabled = true } = {}) {
  return useQuery({
    enabled,
    // Under the key of the lists, so that what makes those void makes this void.
    queryKey: [...trpc.artifacts.list.pathKey(), { index: collection }],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Artifact>> => {
      const all = new Map<string, Artifact>();
      let cursor: string | undefined;
      do {
        const page = await client.artifacts.list.query(
          { collection, limit: PAGE, cursor },
          { signal },
        );
        for (const artifact of page.items) all.set(artifact.id, artifact);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
    structuralSharing: false,
  });
}
