import type { CollectionEvent, CollectionStatus } from "@skillmeat/core";
import { INTERRUPTED, waitForSignal } from "../interrupt.ts";
import type { Session } from "../session.ts";
import { formatChangeNews, formatStateNews } from "../views/events.ts";
import { formatStatuses, NO_COLLECTIONS } from "../views/sync.ts";

/** How many changes a terminal shows below the states. */
const SHOWN = 10;

/**
 * Shows how collections stand, and what happens to them until Ctrl-C, or until nobody reads on. A
 * terminal is drawn anew; else each change and each new state is a line.
 */
export async function watchStatus(session: Session): Promise<void> {
  const { client, named, out } = session;
  const view = createView(session);
  const signal = waitForSignal();
  let showing = Promise.resolve();
  let isLost = false;
  const ended = Promise.withResolvers<null>();
  process.stdout.once("error", () => ended.resolve(null));
  const subscription = client.events.changes.subscribe(
    { collection: named },
    {
      onData: ({ data }) => {
        showing = showing.then(() => view.show(data)).catch(ended.reject);
      },
      onError: ended.reject,
      onComplete: () => ended.resolve(null),
      onConnectionStateChange({ state, error }) {
        if (state === "connecting" && error !== null && !isLost) {
          isLost = true;
          out.warn("The connection to the server was lost; it is tried again until Ctrl-C");
        } else if (state === "pending" && isLost) {
          isLost = false;
          out.notice("The connection to the server is there again");
        }
      },
    },
  );
  try {
    const received = await Promise.race([signal, ended.promise]);
    if (received === "SIGINT") process.exitCode = INTERRUPTED;
  } finally {
    subscription.unsubscribe();
    await showing;
  }
}

/** What is shown of the events. */
function createView({ client, named, out }: Session) {
  let statuses = new Map<string, CollectionStatus>();
  const changes: string[] = [];

  function redraw(): boolean {
    const table = formatStatuses(out, [...statuses.values()]) || NO_COLLECTIONS;
    return out.redraw([table, ...(changes.length === 0 ? [] : ["", ...changes])].join("\n"));
  }

  return {
    async show(event: CollectionEvent): Promise<void> {
      switch (event.type) {
        case "reset": {
          const { collections } = await client.sync.status.query({ collection: named });
          statuses = new Map(collections.map((status) => [status.name, status]));
          if (redraw()) return;
          out.event(event, () => formatStatuses(out, collections) || NO_COLLECTIONS);
          return;
        }
        case "state": {
          const { status } = event;
          const before = statuses.get(status.name);
          const line = formatStateNews(status);
          const isShown = before !== undefined && formatStateNews(before) === line;
          statuses.set(status.name, status);
          if (!redraw()) out.event(event, () => (isShown ? "" : line));
          return;
        }
        case "change": {
          const line = formatChangeNews(event.change);
          changes.push(line);
          if (changes.length > SHOWN) changes.shift();
          if (isCollectionGone(event.change)) statuses.delete(event.change.collection);
          if (!redraw()) out.event(event, () => line);
        }
      }
    },
  };
}

type ChangeNews = Extract<CollectionEvent, { type: "change" }>["change"];

function isCollectionGone({ touched }: ChangeNews): boolean {
  return touched.some(({ kind, change }) => kind === "collection" && change === "removed");
}
