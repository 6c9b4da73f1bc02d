import { expect, test } from "vitest";
import { createCallGuard, createHostGuard } from "./guard.ts";
import { isLoopback, ownHosts, urlOf } from "./hosts.ts";
import { createCallerCheck } from "./token.ts";

const hosts = ownHosts("127.0.0.1", 7420);
const cookie = "skillmeat-7420";
const isCaller = createCallerCheck({ token: "secret", browserKey: "key", cookie });
const guard = createCallGuard({ hosts, isCaller });

function request(headers: Record<string, string>, method = "POST"): Request {
  return new Request("http://127.0.0.1:7420/trpc/system.health", { method, headers });
}

const good = {
  "x-skillmeat": "1",
  authorization: "Bearer secret",
  "content-type": "application/json",
};

test("the host is this server's own, by address or by name", () => {
  const byHost = createHostGuard(hosts);
  expect(byHost(request({ host: "127.0.0.1:7420" }))).toBeNull();
  expect(byHost(request({ host: "LOCALHOST:7420" }))).toBeNull();
  for (const host of [
    "example.com:7420",
    "127.0.0.1",
    "127.0.0.1:80",
    "127.0.0.1.example.com:7420",
    "",
  ])
    expect(byHost(request({ host }))?.status).toBe(403);
});

test("a server knows its own names, also where it listens on all addresses", () => {
  expect(ownHosts("::1", 80)).toEqual([
    "127.0.0.1",
    "127.0.0.1:80",
    "localhost",
    "localhost:80",
    "[::1]",
    "[::1]:80",
  ]);
  expect(ownHosts("0.0.0.0", 7420)).toEqual(expect.arrayContaining([...hosts]));
  expect(urlOf("0.0.0.0", 7420)).toBe("http://127.0.0.1:7420");
  expect(urlOf("::1", 7420)).toBe("http://[::1]:7420");
});

test("loopback is told from what others reach", () => {
  for (const host of ["127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST"])
    expect(isLoopback(host), host).toBe(true);
  for (const host of ["0.0.0.0", "::", "192.168.1.2", "127.0.0.1.example.com", "localhost.example"])
    expect(isLoopback(host), host).toBe(false);
});

test("a call with everything is let in, also with charset, own origin and own site", () => {
  expect(guard(request(good))).toBeNull();
  expect(guard(request({ ...good, "content-type": "Application/JSON; charset=utf-8" }))).toBeNull();
  expect(guard(request({ ...good, origin: "http://localhost:7420" }))).toBeNull();
  expect(guard(request({ ...good, "sec-fetch-site": "same-origin" }))).toBeNull();
  expect(guard(request({ ...good, "sec-fetch-site": "none" }))).toBeNull();
  expect(guard(request({ ...good, "content-type": "" }, "GET"))).toBeNull();
});

test.each([
  ["a foreign origin", { ...good, origin: "https://example.com" }, 403],
  ["a null origin", { ...good, origin: "null" }, 403],
  ["its own address on another port", { ...good, origin: "http://127.0.0.1:8000" }, 403],
  ["another site", { ...good, "sec-fetch-site": "cross-site" }, 403],
  ["the same site on another port", { ...good, "sec-fetch-site": "same-site" }, 403],
  ["no header of ours", { ...good, "x-skillmeat": "0" }, 403],
  ["a wrong token", { ...good, authorization: "Bearer wrong" }, 401],
  ["another scheme", { ...good, authorization: "Basic secret" }, 401],
  ["a form", { ...good, "content-type": "multipart/form-data; boundary=x" }, 415],
  ["a text", { ...good, "content-type": "text/plain" }, 415],
])("%s is refused", (_, headers, status) => {
  expect(guard(request(headers))?.status).toBe(status);
});

test("a subscription needs no header of ours where the browser says that the page is the server's own", () => {
  const subscribe = (headers: Record<string, string>, path = "events.changes?input=%7B%7D") =>
    guard(new Request(`http://127.0.0.1:7420/trpc/${path}`, { headers }))?.status;
  const own = { "sec-fetch-site": "same-origin", cookie: `${cookie}=key` };
  expect(subscribe(own)).toBeUndefined();
  expect(subscribe({ ...own, cookie: "" })).toBe(401);
  for (const site of ["cross-site", "same-site", "none"])
    expect(subscribe({ ...own, "sec-fetch-site": site })).toBe(403);
  expect(subscribe({ cookie: own.cookie })).toBe(403);
  expect(subscribe(own, "groups.list")).toBe(403);
});

test("a preflight is refused, whatever it asks for", () => {
  const byHost = createHostGuard(hosts);
  const preflight = { host: "127.0.0.1:7420", origin: "http://localhost:7420" };
  expect(byHost(request(preflight, "OPTIONS"))?.status).toBe(403);
});

test("a browser has a key of its own in this server's cookie, and Bearer goes before it", () => {
  const { authorization: _, ...bare } = good;
  expect(guard(request({ ...bare, cookie: `a=b; ${cookie}=key` }))).toBeNull();
  for (const value of [`${cookie}=wrong`, `${cookie}=secret`, "skillmeat-7421=key", cookie, ""])
    expect(guard(request({ ...bare, cookie: value }))?.status).toBe(401);
  for (const authorization of ["Bearer wrong", "Bearer key"]) {
    const both = { ...good, authorization, cookie: `${cookie}=key` };
    expect(guard(request(both))?.status).toBe(401);
  }
});

test("where no token is asked for, all else is", () => {
  const open = createCallGuard({ hosts, isCaller: null });
  const { authorization: _, ...bare } = good;
  expect(open(request(bare))).toBeNull();
  expect(open(request({ ...bare, origin: "https://example.com" }))?.status).toBe(403);
  expect(open(request({ ...bare, "x-skillmeat": "0" }))?.status).toBe(403);
});

test("the first thing that is wrong is the one that is told", () => {
  const bad = { origin: "https://example.com", "content-type": "text/plain" };
  expect(guard(request(bad))?.message).toContain("origin");
  expect(guard(request({ "content-type": "text/plain" }))?.message).toContain("x-skillmeat");
  expect(guard(request({ "x-skillmeat": "1", "content-type": "text/plain" }))?.status).toBe(401);
});
