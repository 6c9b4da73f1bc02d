import type { RouterInputs, RouterOutputs } from "@skillmeat/client";
import { makeChange } from "../api/change.ts";
import { client, queryClient, trpc } from "../api/client.ts";
import { tellError } from "../api/errors.ts";
import type { Collection } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { tell } from "../ui/toasts.tsx";

/** How a folder comes to be a collection here: copied, or used where it stands. */
export type Way = "import" | "link";

/** What came of an import or a link. */
export type Arrival = RouterOutputs["collections"]["import"];

/** What lies in the trash. */
export type TrashItem = RouterOutputs["trash"]["list"]["items"][number];

type Refused = (error: unknown) => void;

/** Makes an empty collection. @returns it; null where it was refused */
export async function createCollection(
  input: RouterInputs["collections"]["create"],
  refused: Refused,
): Promise<Collection | null> {
  const reply = await makeChange({
    collection: input.name,
    call: () => client.collections.create.mutate(input),
    settle: askCollections,
    done: () => `Created the collection ${input.name}`,
    refused,
  });
  return reply?.collection ?? null;
}

/** Imports or links a folder. @returns what came in; null where it was refused */
export function bringIn(
  way: Way,
  input: RouterInputs["collections"]["import"],
  refused: Refused,
): Promise<Arrival | null> {
  return makeChange({
    collection: input.name ?? "",
    call: () => client.collections[way].mutate(input),
    settle: askCollections,
    refused,
  });
}

/** Changes what a collection is shown as. @returns whether it was done */
export async function renameCollection(
  { name }: Collection,
  displayName: string,
  refused: Refused,
): Promise<boolean> {
  const reply = await makeChange({
    collection: name,
    call: () => client.collections.update.mutate({ collection: name, displayName }),
    settle() {
      askCollections();
      void queryClient.invalidateQueries(trpc.history.list.pathFilter());
    },
    refused,
  });
  return reply !== null;
}

/**
 * Deletes a collection, of a linked one the link alone; one button takes it back.
 * @param force whether also what is not in its file yet
 * @returns whether it was done
 */
export async function deleteCollection(
  collection: Collection,
  force: boolean,
  refused: Refused,
): Promise<boolean> {
  const { name, linked, path } = collection;
  const reply = await makeChange({
    collection: name,
    call: () => client.collections.delete.mutate({ collection: name, force }),
    settle: askCollections,
    refused,
  });
  if (reply === null) return false;
  const { trash } = reply;
  if (linked) {
    tell(`Unlinked ${name}; its folder is as it was`, {
      action: { label: "Undo", onClick: () => void bringIn("link", { path, name }, tellError) },
    });
  } else if (trash === null) {
    tell(`Deleted ${name}, whose folder was not there any more`);
  } else {
    tell(`Moved ${name} to the trash`, {
      action: { label: "Undo", onClick: () => void restoreFrom(trash) },
    });
  }
  return true;
}

/** Puts back what lies in the trash. @param as a collection's new name, where its own is taken */
export async function restore(
  { id, name, collection, kind }: TrashItem,
  as: string | undefined,
  refused?: Refused,
): Promise<boolean> {
  const reply = await makeChange({
    collection: as ?? collection,
    call: () => client.trash.restore.mutate(as === undefined ? { id } : { id, as }),
    settle: () => void queryClient.invalidateQueries(),
    done: () =>
      kind === "artifact"
        ? `Restored ${visibleText(name)} in ${collection}`
        : `Restored the collection ${as ?? name}`,
    ...(refused === undefined ? {} : { refused }),
  });
  return reply !== null;
}

async function restoreFrom(path: string): Promise<void> {
  try {
    const { items } = await client.trash.list.query({});
    const item = items.find((each) => each.path === path);
    if (item !== undefined) await restore(item, undefined);
  } catch (error) {
    tellError(error);
  }
}

function askCollections(): void {
  void queryClient.invalidateQueries(trpc.collections.pathFilter());
  void queryClient.invalidateQueries(trpc.trash.pathFilter());
}
