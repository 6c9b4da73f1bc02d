import type { CallerCheck } from "./token.ts";

/** The header that a page of another origin cannot send without being asked for leave first. */
const CLIENT_HEADER = "x-skillmeat";

/** The subscriptions, each of which an EventSource may open. */
export const SUBSCRIPTIONS: readonly string[] = ["/trpc/events.changes"];

/** The most bytes that a request's body may have. */
export const MAX_BODY = 1024 * 1024;

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 401 | 403 | 413 | 415 | 503;
  readonly message: string;
  readonly hint: string;
}

/** Looks at a request; null lets it in. */
export type Guard = (request: Request) => Refusal | null;

export interface CallGuardOptions {
  readonly hosts: readonly string[];
  /** Null lets everybody in. */
  readonly isCaller: CallerCheck | null;
}

const SEE_ROOT = "GET / of this server says how to call it";

/** What is wrong with a call or an opened address whose token is none or another's. */
export const WRONG_TOKEN: Refusal = {
  status: 401,
  message: "The token is missing or wrong",
  hint: "Send the token of server.json in the home as Authorization: Bearer, or open the address that skillmeat serve printed",
};

/** What is wrong with a body over `MAX_BODY`. */
export const TOO_LARGE: Refusal = {
  status: 413,
  message: `The body is larger than ${MAX_BODY} bytes`,
  hint: "Split it into several calls",
};

/** What is wrong with one subscription more than a server has. */
export const TOO_MANY: Refusal = {
  status: 503,
  message: "So many programs follow this server's events that it takes no more",
  hint: "Close one of them, or a tab of the browser, and try again",
};

/** Refuses each request that is addressed to another host, and each preflight. */
export function createHostGuard(hosts: readonly string[]): Guard {
  return ({ headers, method }) => {
    const host = headers.get("host")?.toLowerCase() ?? "";
    if (!hosts.includes(host)) return refuse(403, `This server is not "${host}"`);
    return method === "OPTIONS" ? refuse(403, "Calls from another origin are refused") : null;
  };
}

/**
 * Refuses each call that does not come from this machine's user: Origin, header, token and content
 * type, in this order. The host comes before, the body's size after.
 */
export function createCallGuard({ hosts, isCaller }: CallGuardOptions): Guard {
  const origins = hosts.map((host) => `http://${host}`);
  return ({ headers, method, url }) => {
    const origin = headers.get("origin");
    if (origin !== null && !origins.includes(origin.toLowerCase())) {
      return refuse(403, `Calls from the origin ${origin} are refused`);
    }
    const site = headers.get("sec-fetch-site");
    if (site !== null && site !== "same-origin" && site !== "none") {
      return refuse(403, "Calls from another site are refused");
    }
    // An EventSource can send no header of ours; that it is a page of this server, the browser says.
    const isOwnSubscription =
      site === "same-origin" && method === "GET" && SUBSCRIPTIONS.includes(new URL(url).pathname);
    if (headers.get(CLIENT_HEADER) !== "1" && !isOwnSubscription) {
      return refuse(403, `The header "${CLIENT_HEADER}: 1" is missing`);
    }
    if (isCaller !== null && !isCaller(headers)) return WRONG_TOKEN;
    if (method !== "GET" && method !== "HEAD" && mediaType(headers) !== "application/json") {
      return refuse(415, "The body must be application/json");
    }
    return null;
  };
}

function refuse(status: Refusal["status"], message: string): Refusal {
  return { status, message, hint: SEE_ROOT };
}

function mediaType(headers: Headers): string {
  return (headers.get("content-type") ?? "").split(";", 1).join("").trim().toLowerCase();
}
