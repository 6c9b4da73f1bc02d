import type { HomePaths } from "../paths.ts";
import { findLink } from "../settings/collection-paths.ts";
import { addLink, removeLink } from "../settings/edit-settings.ts";
import type { CollectionLink } from "../settings/parse-settings.ts";

/**
 * Runs what takes a link out of the settings and may fail afterwards, such as a transaction: where it
 * fails, the link is there again.
 * @param work gets the function that takes a collection's link out
 * @throws what `work` throws; SkillmeatError as `removeLink`
 */
export async function withUnlink<T>(
  paths: HomePaths,
  work: (unlink: (dir: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const removed: CollectionLink[] = [];
  try {
    return await work(async (dir) => {
      const link = findLink(paths, dir);
      if (link === undefined) return;
      await removeLink(paths, link.name);
      removed.push(link);
    });
  } catch (error) {
    for (const link of removed) await addLink(paths, link);
    throw error;
  }
}
