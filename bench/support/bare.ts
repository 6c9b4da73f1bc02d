import { fileURLToPath } from "node:url";
import { startListening } from "./child.ts";
import { createAsker } from "./http.ts";
import type { BenchHome } from "./home.ts";

/** What HTTP, SQL and the disk cost by themselves: a node:http server in a process of its own. */
export interface BareServer {
  /** Answers with the one text that a statement on the home's cache gives. */
  sql(statement: string, parameters: readonly string[]): Promise<string>;
  /** Does the floor of a durable mutation, then answers with what it was sent. */
  durable(body: unknown): Promise<string>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("bare-server.ts", import.meta.url));

/** Starts one for a home that has a cache. */
export async function startBare({ root, manifest }: BenchHome): Promise<BareServer> {
  const { url, stop } = await startListening([program, root, manifest], root);
  const asker = createAsker(url);
  return {
    sql: (...asked) => asker.post("/sql", asked),
    durable: (body) => asker.post("/durable", body),
    async stop() {
      asker.close();
      await stop();
    },
  };
}
