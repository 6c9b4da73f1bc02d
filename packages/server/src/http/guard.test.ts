import { expect, test } from "vitest";
import { createCallGuard, createHostGuard, ownHosts } from "./guard.ts";

const hosts = ownHosts("127.0.0.1", 7420);
const guard = createCallGuard(hosts, "secret");

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
  ])
    expect(byHost(request({ host }))?.status).toBe(403);
  expect(ownHosts("::1", 80)).toEqual([
    "127.0.0.1",
    "127.0.0.1:80",
    "localhost",
    "localhost:80",
    "[::1]",
    "[::1]:80",
  ]);
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

test("a preflight is refused, and no token is asked of it", () => {
  expect(guard(request({ origin: "http://localhost:7420" }, "OPTIONS"))?.status).toBe(403);
});

test("the first thing that is wrong is the one that is told", () => {
  const bad = { origin: "https://example.com", "content-type": "text/plain" };
  expect(guard(request(bad))?.message).toContain("origin");
  expect(guard(request({ "content-type": "text/plain" }))?.message).toContain("x-skillmeat");
  expect(guard(request({ "x-skillmeat": "1", "content-type": "text/plain" }))?.status).toBe(401);
});
