import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cliBundle } from "../../scripts/workspace.ts";
import { startListening } from "./child.ts";
import { createAsker } from "./http.ts";
import { fieldOf } from "./json.ts";

/** The bundled `skillmeat serve` in a process of its own. */
export interface ProductServer {
  readonly pid: number;
  /** @returns the text of the reply, which is JSON */
  query(procedure: string, input: object): Promise<string>;
  /** @throws Error where what was changed is not saved */
  mutate(procedure: string, input: object): Promise<void>;
  /** Kills it. */
  stop(): Promise<void>;
  /** Lets it end as a person does. */
  end(): Promise<void>;
}

/**
 * Starts the bundled server on a home, as a person does.
 * @param flags for Node
 */
export async function startProduct(
  home: string,
  flags: readonly string[] = [],
): Promise<ProductServer> {
  const { url, pid, stop, end } = await startListening(
    [...flags, cliBundle, "serve", "--port", "0", "--json"],
    home,
  );
  const record: unknown = JSON.parse(readFileSync(join(home, "server.json"), "utf8"));
  const asker = createAsker(url, String(fieldOf(record, "token")));
  return {
    pid,
    query: (procedure, input) =>
      asker.get(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`),
    async mutate(procedure, input) {
      const reply = await asker.post(`/trpc/${procedure}`, input);
      if (!reply.includes('"saved":true')) throw new Error(`It was not saved: ${reply}`);
    },
    async stop() {
      asker.close();
      await stop();
    },
    async end() {
      asker.close();
      await end();
    },
  };
}
