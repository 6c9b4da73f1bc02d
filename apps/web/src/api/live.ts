import type { RouterOutputs } from "@skillmeat/client";
import type { ChangeNews, CollectionStatus } from "@skillmeat/core/schema";
import { client, queryClient, trpc } from "./client.ts";
import { afterOwnChanges, isOwnChange } from "./own-changes.ts";
import { connection, watchConnection } from "./reconnect.ts";
import { createStore } from "./store.ts";

export { connection, type Connection } from "./reconnect.ts";

/** How each collection stands, by name. */
export const statuses = createStore<ReadonlyMap<string, CollectionStatus>>(new Map());

/** More groups than these are not asked for one by one. */
const FEW = 8;

/** Follows what changes, whoever changes it, for as long as the page is open. @returns what ends it */
export function followChanges(): () => void {
  let stop = subscribe();
  const restart = () => {
    stop();
    stop = subscribe();
  };
  const endWatch = watchConnection(restart);
  const endFollow = connection.follow(() => {
    // What is refused would be refused again; it is asked for anew once it is let in.
    if (connection.get() === "refused") stop();
    if (connection.get() === "open") askAgain();
  });
  return () => {
    endFollow();
    endWatch();
    stop();
  };
}

/** Asks anew for what could not be had while there was no connection. */
function askAgain(): void {
  void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === "error" });
}

/** @returns what ends the subscription */
function subscribe(): () => void {
  let isOver = false;
  const { unsubscribe } = client.events.changes.subscribe(
    {},
    {
      onConnectionStateChange({ state }) {
        if (isOver) return;
        if (state === "pending") return connection.set("open");
        connection.change((before) => (before === "connecting" ? before : "lost"));
      },
      onData({ data: event }) {
        connection.set("open");
        if (event.type === "state") {
          const { status } = event;
          statuses.change((before) => new Map(before).set(status.name, status));
        } else if (event.type === "reset") {
          statuses.set(new Map());
          void queryClient.invalidateQueries();
        } else {
          const { change } = event;
          // Whether it is this page's own is known once its calls are answered.
          afterOwnChanges(() => {
            if (!isOwnChange(change.collection, change.id)) takeNews(change);
          });
        }
      },
      onError: () => connection.set("lost"),
    },
  );
  return () => {
    isOver = true;
    unsubscribe();
  };
}

/** Asks anew for what somebody else changed. */
function takeNews({ collection, touched }: ChangeNews): void {
  const kinds = new Set(touched.map(({ kind }) => kind));
  void queryClient.invalidateQueries(trpc.history.list.pathFilter());
  if (kinds.has("collection")) return void queryClient.invalidateQueries();
  void queryClient.invalidateQueries(trpc.collections.pathFilter());
  void queryClient.invalidateQueries(trpc.artifacts.pathFilter());
  if (kinds.has("artifact")) void queryClient.invalidateQueries(trpc.trash.pathFilter());
  if (kinds.has("tag") || kinds.has("artifact")) {
    void queryClient.invalidateQueries(trpc.tags.pathFilter());
  }
  const groups = touched.filter(({ kind }) => kind === "group");
  const isFew = !kinds.has("artifact") && groups.length <= FEW;
  if (isFew && groups.every(({ change }) => change === "changed")) {
    for (const { id } of groups) void readGroup(collection, id);
  } else if (groups.length > 0 || kinds.has("artifact")) {
    void queryClient.invalidateQueries(trpc.groups.pathFilter());
  }
}

/** A list of all groups is large: of one that changed only that one is read. */
async function readGroup(collection: string, id: string): Promise<void> {
  const list = trpc.groups.list.queryFilter({ collection });
  try {
    const group = await client.groups.get.query({ collection, group: id });
    queryClient.setQueriesData<RouterOutputs["groups"]["list"]>(list, (old) =>
      old === undefined
        ? old
        : { ...old, items: old.items.map((item) => (item.id === id ? group : item)) },
    );
  } catch {
    await queryClient.invalidateQueries(list);
  }
}
