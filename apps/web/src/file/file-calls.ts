import type { CollectionSynced } from "@skillmeat/core/schema";
import { makeChange } from "../api/change.ts";
import { client, queryClient } from "../api/client.ts";
import { tellError } from "../api/errors.ts";
import { whileUnderWay } from "../api/own-changes.ts";
import { tell, tellWrong } from "../ui/toasts.tsx";
import { plural } from "./plural.ts";

/** How the file and what is here are brought together. */
export type Way = "pull" | "push" | "merge";

const DONE: Readonly<Record<Way, string>> = {
  pull: "Took the file",
  push: "Wrote what is here into the file",
  merge: "Merged with the file",
};

/** What a way would come to; nothing is changed. */
export async function previewWay(collection: string, way: Way): Promise<CollectionSynced | null> {
  const { collections } = await client.sync[way].mutate({ collection, dryRun: true });
  return collections[0] ?? null;
}

/** Brings the file and what is here together. */
export async function goWay(collection: string, way: Way): Promise<void> {
  await makeChange({
    collection,
    async call() {
      const { collections } = await client.sync[way].mutate({ collection });
      const [synced] = collections;
      return synced ?? { saved: true, reason: null, change: null };
    },
    settle: askAll,
    done: ({ saved, reason }) => said(DONE[way], saved, reason),
  });
}

/** Writes what waits into the file now, and says what came of it. */
export async function writeNow(collection: string): Promise<void> {
  await whileUnderWay(async () => {
    try {
      const { collections } = await client.sync.flush.mutate({ collection });
      const unsaved = collections.find(({ saved }) => !saved);
      if (unsaved === undefined) tell("Everything is in the file");
      else tellWrong("Not saved", { description: unsaved.reason ?? "" });
    } catch (error) {
      tellError(error);
    }
  });
}

/** Reads the file and the folders anew, and says what was found. */
export async function refresh(collection: string): Promise<void> {
  try {
    const { collections } = await client.cache.refresh.mutate({ collection });
    askAll();
    const [found] = collections;
    if (found === undefined) return;
    const { artifacts, members } = found;
    const parts = [
      plural(artifacts.found, "artifact"),
      ...(artifacts.added > 0 ? [`${artifacts.added} new`] : []),
      ...(artifacts.removed > 0 ? [`${artifacts.removed} gone`] : []),
      ...(members.unresolved > 0 ? [plural(members.unresolved, "missing member")] : []),
    ];
    tell("Read the file and the folders anew", { description: parts.join(", ") });
  } catch (error) {
    tellError(error);
  }
}

/** Puts a backup in the file's place. */
export async function restore(collection: string, id: string): Promise<void> {
  await makeChange({
    collection,
    call: () => client.backups.restore.mutate({ collection, id }),
    settle: askAll,
    done: ({ saved, reason }) => said("Restored the backup", saved, reason),
  });
}

/** Takes a reference out of a group. */
export async function takeOut(collection: string, group: string, ref: string): Promise<void> {
  await makeChange({
    collection,
    call: () => client.groups.removeMembers.mutate({ collection, group, members: [ref] }),
    settle: askAll,
    done: () => `Took out ${ref} from ${group}`,
  });
}

/** Marks what lost as seen. @param ids all of the collection's where there are none */
export async function markSeen(collection: string, ids?: number[]): Promise<void> {
  try {
    await client.sync.resolve.mutate(ids === undefined ? { collection } : { collection, ids });
    askAll();
  } catch (error) {
    tellError(error);
  }
}

function said(done: string, saved: boolean, reason: string | null): string {
  return saved ? done : `${done}; not saved yet: ${reason ?? "it is tried again"}`;
}

function askAll(): void {
  void queryClient.invalidateQueries();
}
