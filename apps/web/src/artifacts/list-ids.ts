import { client } from "../api/client.ts";
import type { ArtifactFilter } from "../api/queries.ts";

/** As many as one call gives. */
const PAGE = 1_000;

/** The ids of all artifacts that a filter leaves, also of those that the page does not hold yet. */
export async function listIds(collection: string, filter: ArtifactFilter): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.artifacts.list.query({ collection, ...filter, limit: PAGE, cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
