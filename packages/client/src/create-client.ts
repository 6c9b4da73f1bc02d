import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
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

export interface ClientOfOptions {
  readonly batch?: boolean;
  /** Whether the address stays the same; else a wrong token may be a new server's. */
  readonly isFixed: boolean;
  /** What sends queries and mutations, where not `fetch` does. */
  readonly link?: TRPCLink<AppRouter> | undefined;
}

/** A typed client of the server that is at an address now, which may be another one at the next call. */
export function createClientOf(
  address: () => ServerAddress,
  { batch = false, isFixed, link }: ClientOfOptions,
): SkillmeatClient {
  const options = { url: `${address().url.replace(/\/+$/, "")}/trpc`, fetch: callServer(address) };
  const subscriptions = () =>
    subscriptionLinks({ ...options, hasToken: address().token !== undefined, isFixed });
  const calls = () =>
    batch ? httpBatchLink({ ...options, maxItems: MAX_BATCH }) : httpLink(options);
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: whenUsed(subscriptions),
        false: link ?? calls(),
      }),
    ],
  });
}

/** Makes links with the first call that they are for: most programs follow nothing. */
function whenUsed(links: () => TRPCLink<AppRouter>[]): TRPCLink<AppRouter> {
  return (runtime) => {
    let made: ReturnType<TRPCLink<AppRouter>> | undefined;
    return (call) => {
      made ??= splitLink({ condition: () => true, true: links(), false: [] })(runtime);
      return made(call);
    };
  };
}
