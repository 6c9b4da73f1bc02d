import { openHome, updateGroup, type Home } from "@skillmeat/core";
import { COLLECTION, type BenchHome } from "./home.ts";
import { groupName } from "./manifest-text.ts";
import type { Size } from "./sizes.ts";

/** Opens a home and reads all that is in it into the cache. */
export async function openRead(made: BenchHome): Promise<Home> {
  const home = await openHome({ root: made.root });
  await home.sync.refresh(COLLECTION);
  return home;
}

/** Makes the cache of a home and closes it, for the processes that are to work on it. */
export async function fillCache(made: BenchHome): Promise<void> {
  const home = await openRead(made);
  await home.close();
}

let changes = 0;

/** The input of one change of a group, which always changes something: another group each round. */
export function groupChange(size: Size, round: number) {
  changes += 1;
  const group = groupName(round % size.groups);
  return { collection: COLLECTION, group, description: `Change number ${changes}` };
}

/**
 * One durable mutation: committed, and written through.
 * @throws Error where it is not saved
 */
export async function changeGroup(home: Home, size: Size, round: number): Promise<void> {
  await home.sync.ready(COLLECTION);
  await updateGroup(home.cache, groupChange(size, round));
  const { saved, reason } = await home.sync.syncGroups(COLLECTION);
  if (!saved) throw new Error(`It was not saved: ${reason}`);
}
