import { createHash, timingSafeEqual } from "node:crypto";

/** The header that a page of another origin cannot send without being asked for leave first. */
const CLIENT_HEADER = "x-skillmeat";

/** The most bytes that a request's body may have. */
export const MAX_BODY = 1024 * 1024;

/** Why a request is not let in. */
export interface Refusal {
  readonly status: 401 | 403 | 415;
  readonly message: string;
  readonly hint: string;
}

/** Looks at a request; null lets it in. */
export type Guard = (request: Request) => Refusal | null;

const SEE_ROOT = "GET / of this server says how to call it";

/**
 * The hosts under which a server may be addressed: a page whose name was made to resolve to
 * 127.0.0.1 (DNS rebinding) still sends its own name.
 */
export function ownHosts(host: string, port: number): readonly string[] {
  const names = new Set(["127.0.0.1", "localhost", bracketed(host)]);
  return [...names].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

/** A host as a URL writes it: an IPv6 address stands in brackets. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Refuses each request that is addressed to another host. */
export function createHostGuard(hosts: readonly string[]): Guard {
  return (request) => {
    const host = request.headers.get("host")?.toLowerCase() ?? "";
    return hosts.includes(host) ? null : refuse(403, `This server is not "${host}"`);
  };
}

/**
 * Refuses each call that does not come from this machine's user: Origin, header, token and content
 * type, in this order. The host comes before, the body's size after.
 */
export function createCallGuard(hosts: readonly string[], token: string): Guard {
  const origins = hosts.map((host) => `http://${host}`);
  const isToken = createTokenCheck(token);
  return ({ headers, method }) => {
    const origin = headers.get("origin");
    if (origin !== null && !origins.includes(origin.toLowerCase())) {
      return refuse(403, `Calls from the origin ${origin} are refused`);
    }
    const site = headers.get("sec-fetch-site");
    if (site !== null && site !== "same-origin" && site !== "none") {
      return refuse(403, "Calls from another site are refused");
    }
    if (method === "OPTIONS") return refuse(403, "Calls from another origin are refused");
    if (headers.get(CLIENT_HEADER) !== "1") {
      return refuse(403, `The header "${CLIENT_HEADER}: 1" is missing`);
    }
    if (!isToken(headers.get("authorization"))) {
      return refuse(
        401,
        "The token is missing or wrong",
        "Send the token of server.json in the home as Authorization: Bearer",
      );
    }
    if (method !== "GET" && method !== "HEAD" && mediaType(headers) !== "application/json") {
      return refuse(415, "The body must be application/json");
    }
    return null;
  };
}

function refuse(status: Refusal["status"], message: string, hint = SEE_ROOT): Refusal {
  return { status, message, hint };
}

function mediaType(headers: Headers): string {
  return (headers.get("content-type") ?? "").split(";", 1).join("").trim().toLowerCase();
}

/** Compares in constant time, also where the lengths differ: what is compared are hashes. */
function createTokenCheck(token: string): (authorization: string | null) => boolean {
  const expected = sha256(`Bearer ${token}`);
  return (authorization) =>
    authorization !== null &&
    timingSafeEqual(sha256(authorization.replace(/^bearer /i, "Bearer ")), expected);
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
