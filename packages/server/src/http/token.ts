import { createHash, timingSafeEqual } from "node:crypto";
import { parse } from "hono/utils/cookie";

/** Says whether a text is the token. */
export type TokenCheck = (given: string | null | undefined) => boolean;

/** Compares in constant time, also where the lengths differ: what is compared are hashes. */
export function createTokenCheck(token: string): TokenCheck {
  const expected = sha256(token);
  return (given) =>
    given !== null && given !== undefined && timingSafeEqual(sha256(given), expected);
}

/** The name of a server's cookie: it bears the port, since a browser sends cookies to every port of a host. */
export function cookieName(port: number): string {
  return `skillmeat-${port}`;
}

/** Says whether a request carries what lets it in. */
export type CallerCheck = (headers: Headers) => boolean;

/** What lets callers in. */
export interface Keys {
  /** What a program sends as Bearer: that of this run of the server. */
  readonly token: string;
  /** What a browser has in its cookie: that of the home, so that an open page outlives a server. */
  readonly browserKey: string;
  /** The name of that cookie. */
  readonly cookie: string;
}

/** Lets in who sends the token as Bearer, or, sending none, the browsers' key in the cookie. */
export function createCallerCheck({ token, browserKey, cookie }: Keys): CallerCheck {
  const isToken = createTokenCheck(token);
  const isBrowser = createTokenCheck(browserKey);
  return (headers) => {
    const authorization = headers.get("authorization");
    return authorization === null
      ? isBrowser(parse(headers.get("cookie") ?? "", cookie)[cookie])
      : isToken(/^bearer +(\S+) *$/i.exec(authorization)?.[1]);
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
