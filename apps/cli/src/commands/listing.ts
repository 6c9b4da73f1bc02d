import { nextCommand } from "../next-command.ts";
import type { Session } from "../session.ts";

/** What a list procedure answers. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** The most items that a page may have. */
const LARGEST_PAGE = 1000;

/**
 * Reads a whole list, page by page.
 * @param limit cuts it; `nextCursor` is then that of the page where it was cut
 */
export async function readAll<T>(
  readPage: (page: { limit: number; cursor: string | undefined }) => Promise<Page<T>>,
  limit = Infinity,
): Promise<Page<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await readPage({ limit: Math.min(LARGEST_PAGE, limit - items.length), cursor });
    items.push(...page.items);
    if (page.nextCursor === null || items.length >= limit) {
      return { items, nextCursor: page.nextCursor };
    }
    cursor = page.nextCursor;
  }
}

/** Cuts a list that is read whole. */
export function cutList<T>(list: Page<T>, limit = Infinity): Page<T> {
  return { ...list, items: list.items.slice(0, limit) };
}

/**
 * Says why a list is empty: that there is nothing yet, or that the manifest could not be read, lest
 * a person take what is in it for lost.
 * @param nothing what to say where there is nothing yet
 * @param words the command that would change that, without the program
 */
export async function explainEmpty(
  { client, collection, named, out }: Session,
  nothing: string,
  words: string,
): Promise<void> {
  const { collections } = await client.sync.status.query({
    collection: (await collection()) ?? "default",
  });
  const unread = collections.find(({ state }) => state === "unreadable" || state === "missing");
  if (unread === undefined) out.notice(`${nothing}: ${nextCommand(words, named)}`);
  else out.warn(`${unread.name}: Nothing was read from the manifest: ${unread.reason ?? ""}`);
}
