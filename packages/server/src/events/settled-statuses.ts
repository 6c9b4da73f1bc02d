import type { CollectionStatus, Home } from "@skillmeat/core";

/** How all collections stand; the same list as long as nothing was committed. */
export type Statuses = readonly CollectionStatus[];

/** Reads how collections stand, without the moment that each mutation takes to be written. */
export interface SettledStatuses {
  /** @returns `isSettled`: whether nothing that is left out may have to be told soon */
  read(): Promise<{ readonly statuses: Statuses; readonly isSettled: boolean }>;
}

/** Makes the reader of one home. */
export function createSettledStatuses({ sync }: Home): SettledStatuses {
  let found = new Map<string, CollectionStatus>();
  let given = new Map<string, CollectionStatus>();
  return {
    async read() {
      const { collections } = await sync.status();
      let isSettled = true;
      const statuses = collections.map((status) => {
        const { name } = status;
        const before = given.get(name);
        if (before === undefined || !isBeingWritten(status, found.get(name))) return status;
        isSettled = false;
        return before;
      });
      found = byName(collections);
      given = byName(statuses);
      return { statuses, isSettled };
    },
  };
}

/** Whether a write is under way, by all signs: none has failed, and none has stood still since the last look. */
function isBeingWritten(
  { state, pendingSince, writtenRev }: CollectionStatus,
  before: CollectionStatus | undefined,
): boolean {
  const isWaiting = state === "pending" && pendingSince === null;
  const stoodStill = before?.state === "pending" && before.writtenRev === writtenRev;
  return isWaiting && !stoodStill;
}

function byName(statuses: Statuses): Map<string, CollectionStatus> {
  return new Map(statuses.map((status) => [status.name, status]));
}
