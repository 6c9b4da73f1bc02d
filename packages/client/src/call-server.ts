import { reach } from "./reach.ts";

/** Where a server answers, and the token that it asks for. */
export interface ServerAddress {
  readonly url: string;
  readonly token?: string | undefined;
}

/** As `fetch`, with what of it tRPC's links and an EventSource use. */
export type CallServer = (url: string | URL | Request, init?: CallInit) => Promise<Response>;

interface CallInit {
  readonly method?: string;
  readonly body?: RequestInit["body"];
  readonly headers?: RequestInit["headers"];
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * Makes calls to the server that is at an address when it is called, with the headers that it asks for.
 * @param address of the server; of what is fetched the path counts
 */
export function callServer(address: () => ServerAddress): CallServer {
  return (given, { method = "GET", body = null, signal = null, headers: more = {} } = {}) => {
    const { url, token } = address();
    const { pathname, search } = new URL(given instanceof Request ? given.url : given);
    const headers = new Headers(more);
    headers.set("x-skillmeat", "1");
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    return reach(`${new URL(url).origin}${pathname}${search}`, { method, body, signal, headers });
  };
}
