/** How often is looked, in ms. */
const TICK_MS = 1_000;

/** Up to this much a server may have without anybody looking what of it is in use, in bytes. */
const MODEST = 128 * 1024 * 1024;

/** So much more than was left the last time is worth another collection: in bytes, and as a part of that. */
const MORE = 24 * 1024 * 1024;
const MORE_PART = 0.15;

/**
 * While a server runs, gives back to the system what the reading of a large manifest took for a moment: by
 * itself V8 keeps the pages that it once had, for as long as the process runs. The timer does not keep
 * the process alive.
 * @returns what ends it; resolves once nothing is under way any more
 */
export function startGivingBack(): () => Promise<void> {
  let limit = MODEST;
  let collecting: Promise<void> | null = null;
  const look = async () => {
    await collectGarbage();
    const left = process.memoryUsage.rss();
    limit = Math.max(MODEST, left + Math.max(MORE, left * MORE_PART));
    collecting = null;
  };
  const timer = setInterval(() => {
    if (collecting === null && process.memoryUsage.rss() > limit) collecting = look();
  }, TICK_MS).unref();
  return async () => {
    clearInterval(timer);
    await collecting;
  };
}

/**
 * Collects garbage as if memory were low, which alone empties V8's pool of pages; it takes some 50 ms. A Node
 * that was built without an inspector goes on as it is.
 */
async function collectGarbage(): Promise<void> {
  const inspector = await import("node:inspector").catch(() => null);
  if (inspector === null) return;
  const session = new inspector.Session();
  session.connect();
  await new Promise<void>((resolve) => {
    // Not at once: to disconnect within the answer never returns.
    session.post("HeapProfiler.collectGarbage", () => setImmediate(resolve));
  });
  session.disconnect();
}
