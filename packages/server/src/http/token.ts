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

/** The token that a request carries: as Bearer, else in the cookie; null where in neither. */
export function tokenOf(headers: Headers, cookie: string): string | null {
  const authorization = headers.get("authorization");
  if (authorization !== null) return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
  return parse(headers.get("cookie") ?? "", cookie)[cookie] ?? null;
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
