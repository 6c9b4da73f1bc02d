import { createTRPCClient, httpBatchLink, httpLink, type TRPCClient } from "@trpc/client";
import { reach } from "./reach.ts";
import type { AppRouter } from "./types.ts";

export type SkillmeatClient = TRPCClient<AppRouter>;

export interface ClientOptions {
  /** The server's address, as in `server.json`: `http://127.0.0.1:7420`. */
  readonly url: string;
  /** The token of `server.json`; without one the server knows a browser by its cookie. */
  readonly token?: string | undefined;
  /** Sends calls of one moment as one request: cheaper for many, dearer for one. */
  readonly batch?: boolean;
}

/** The most calls that a server takes in one batch. */
const MAX_BATCH = 100;

/** A typed client of a running server. */
export function createClient({ url, token, batch = false }: ClientOptions): SkillmeatClient {
  const options = {
    url: `${url.replace(/\/+$/, "")}/trpc`,
    fetch: reach,
    headers: {
      "x-skillmeat": "1",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  };
  return createTRPCClient<AppRouter>({
    links: [batch ? httpBatchLink({ ...options, maxItems: MAX_BATCH }) : httpLink(options)],
  });
}
