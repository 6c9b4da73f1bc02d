import { isSkillmeatError } from "@skillmeat/client";
import { client } from "./client.ts";
import { createStore } from "./store.ts";

/** How this page stands with the server; `refused` is one that does not know this browser. */
export type Connection = "connecting" | "open" | "lost" | "refused";

export const connection = createStore<Connection>("connecting");

/** How often a server that does not answer is asked whether it does again, in ms. */
const PAUSE = 2_000;
/** How long the first connection may take before the server is asked, in ms; events do not say that they were refused. */
const PATIENCE = 500;

/** Whether the server does not know this browser, as before the address that it printed was opened. */
export function isRefusal(error: unknown): boolean {
  return isSkillmeatError(error) && error.data.httpStatus === 401;
}

/**
 * Asks now and then, while there is no connection, whether the server is back.
 * @param onBack told when it answers and the connection has not come back by itself
 * @returns what ends it
 */
export function watchConnection(onBack: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(() => void ask(), PATIENCE);
  let answers = 0;

  async function ask(): Promise<void> {
    if (isOff()) await look();
    timer = isOff() ? setTimeout(() => void ask(), PAUSE) : undefined;
  }

  async function look(): Promise<void> {
    try {
      await client.system.health.query();
      answers += 1;
      // The browser goes on by itself where it lost the server for a moment, and misses nothing then.
      if (connection.get() === "refused" || (isOff() && answers > 2)) onBack();
    } catch (error) {
      answers = 0;
      if (isOff()) connection.set(isRefusal(error) ? "refused" : "lost");
    }
  }

  const stop = connection.follow(() => {
    if (!isOff() || timer !== undefined) return;
    answers = 0;
    timer = setTimeout(() => void ask());
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function isOff(): boolean {
  return connection.get() !== "open";
}
