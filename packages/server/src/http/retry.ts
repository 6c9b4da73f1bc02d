import type { ManifestSyncService } from "@skillmeat/core";

const TICK_MS = 1_000;

/**
 * While a server runs, writes each collection that is pending as soon as its next try is due. The
 * timer does not keep the process alive.
 * @param onError told of a round that failed; the next one comes all the same
 * @returns what ends it; resolves once no round runs any more
 */
export function startRetrying(
  sync: Pick<ManifestSyncService, "retryDue">,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let round = Promise.resolve();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const schedule = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      round = sync.retryDue().catch(onError).finally(schedule);
    }, TICK_MS).unref();
  };
  schedule();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await round;
  };
}
