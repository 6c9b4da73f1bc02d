import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { callServer, type ServerAddress } from "./call-server.ts";
import { subscriptionLinks } from "./subscription-links.ts";
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
  const address = { url, token };
  return createClientOf(() => address, { batch, isFixed: true });
}

/**
 * A typed client of the server that is at an address now, which may be another one at the next call.
 * @param isFixed whether the address stays the same; else a wrong token may be a new server's
 */
export function createClientOf(
  address: () => ServerAddress,
  { batch, isFixed }: { readonly batch: boolean; readonly isFixed: boolean },
): SkillmeatClient {
  const fetch = callServer(address);
  const options = { url: `${address().url.replace(/\/+$/, "")}/trpc`, fetch };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: subscriptionLinks({ ...options, hasToken: address().token !== undefined, isFixed }),
        false: batch ? httpBatchLink({ ...options, maxItems: MAX_BATCH }) : httpLink(options),
      }),
    ],
  });
}
