import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { openTab } from "../../../../tests/support/chromium.ts";
import { watchCalls } from "../../../../tests/support/watch-calls.ts";
import { groupNames, readManifest, serve } from "./testing.ts";

const page = readFileSync(new URL("foreign-page.html", import.meta.url), "utf8");

/** Serves the foreign page; its port. */
async function serveForeignPage(headers: Record<string, string>): Promise<number> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html", ...headers }).end(page);
  });
  server.listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port");
  return address.port;
}

/** What a browser asks for leave to send, before it does. */
const PREFLIGHTED = ["fetch-with-header", "fetch-json", "fetch-bearer", "fetch-delete"];

/** Takes its origin from a page. */
const SANDBOX = { "content-security-policy": "sandbox allow-scripts allow-forms" };

const anotherPort = { host: "127.0.0.1", site: "same-site", headers: {} };
const anotherHost = { host: "localhost", site: "cross-site", headers: {} };
const nullOrigin = { host: "127.0.0.1", site: "cross-site", headers: SANDBOX };

test.for([
  { from: "another port of its address", ...anotherPort, requireToken: true },
  { from: "another host", ...anotherHost, requireToken: true },
  { from: "another port, where no token is asked for", ...anotherPort, requireToken: false },
  { from: "another host, where no token is asked for", ...anotherHost, requireToken: false },
  { from: "no origin, where no token is asked for", ...nullOrigin, requireToken: false },
])(
  "no call of a real browser from $from changes or reads anything",
  async ({ host, headers, site, requireToken }, context) => {
    const { home, server, createGroups } = await serve({ requireToken });
    await createGroups(["Secret"]);
    const before = readManifest(home);
    const port = await serveForeignPage(headers);
    const tab = await openTab(context);
    await tab.goto(server.openUrl);
    const seen = watchCalls(server.url);

    await tab.goto(`http://${host}:${port}/?${encodeURIComponent(server.url)}`);
    const read: unknown = await tab.evaluate("tryAll()");
    const kinds = Object.keys(Object(read));
    expect(kinds.length).toBeGreaterThan(20);
    expect(read).toEqual(Object.fromEntries(kinds.map((kind) => [kind, ""])));
    const [answer] = await Promise.all([
      tab.waitForResponse((response) => response.url().includes("kind=link")),
      tab.click("#link"),
    ]);
    expect(await answer.text()).not.toContain("Secret");

    // All came to the server, as a browser sends them, and each was refused for where it came from.
    const kindOf = ({ searchParams }: URL) => searchParams.get("kind");
    expect(new Set(seen.map(({ address }) => kindOf(address)))).toEqual(
      new Set([...kinds, "link"]),
    );
    for (const { address, request, response } of seen) {
      const kind = kindOf(address) ?? "";
      const { method, headers: sent } = request;
      expect(response.statusCode, kind).toBe(403);
      // A socket says only where it comes from.
      if (kind === "socket")
        expect(sent.origin).toBe(headers === SANDBOX ? "null" : `http://${host}:${port}`);
      else expect(sent["sec-fetch-site"], kind).toBe(site);
      if (PREFLIGHTED.includes(kind)) expect(method, kind).toBe("OPTIONS");
      else expect(sent.cookie !== undefined, kind).toBe(requireToken && site === "same-site");
    }
    expect(await groupNames(home)).toEqual(["Secret"]);
    expect(readManifest(home)).toBe(before);
  },
);

test("a call of a real browser from the server's own page is let in", async (context) => {
  const { home, server, cookie } = await serve();
  const tab = await openTab(context);
  await tab.goto(server.openUrl);
  const call = `fetch("/trpc/groups.create", {
    method: "POST",
    headers: { "x-skillmeat": "1", "content-type": "application/json" },
    body: JSON.stringify({ name: "Own" }),
  }).then(({ status }) => status)`;
  const seen = watchCalls(server.url);
  expect(await tab.evaluate(call)).toBe(200);
  expect(seen.map(({ request }) => request.headers)).toMatchObject([
    { "sec-fetch-site": "same-origin", cookie },
  ]);
  expect(await groupNames(home)).toEqual(["Own"]);
});
