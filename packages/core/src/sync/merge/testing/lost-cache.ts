import { renameSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Transact } from "../../../cache/commit-together.ts";
import type { Cache } from "../../../cache/open.ts";
import { openHome, type Home } from "../../../home.ts";
import type { TestHome } from "../../testing/test-home.ts";

let count = 0;

/**
 * Takes the cache away under an open home, and opens that again with a cache made anew and recovered.
 * @returns the old cache, still open, and the home of the new one
 */
export async function loseCache(at: TestHome): Promise<{ lost: Cache; home: Home }> {
  const old = at.home.cache;
  count += 1;
  renameSync(join(at.root, "cache"), join(at.root, `lost-${count}`));
  const home = await openHome({ root: at.root });
  onTestFinished(() => home.close());
  await home.sync.readyAll();
  // A cache refuses transactions once it is not the current one; here it is to give what it holds.
  const transact: Transact = (work) => old.db.transaction().execute(work);
  return { lost: { ...old, transaction: transact, commitTogether: transact }, home };
}
