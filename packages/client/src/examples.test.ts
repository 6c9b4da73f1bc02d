import { openHome } from "@skillmeat/core";
import { createLog, startServer } from "@skillmeat/server";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { rolldown } from "rolldown";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { openTab } from "../../../tests/support/chromium.ts";
import { watchCalls } from "../../../tests/support/watch-calls.ts";
import { connect } from "./node.ts";

/** What the bundle takes from the browser; Node has the same under the same names. */
const web = { AbortController, FormData, Blob, Headers, URL, Request, Event, EventTarget };

const root = fileURLToPath(new URL("../../..", import.meta.url));
const examples = fileURLToPath(new URL("../examples", import.meta.url));

/** A home with one collection that is empty. */
async function filledHome(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "skillmeat-examples-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const { client, close } = await connect({ home });
  await client.collections.create.mutate({ name: "default" });
  await close();
  return home;
}

async function serve(folder: string) {
  const home = await openHome({ root: folder });
  const server = await startServer({ home, port: 0, host: "127.0.0.1", log: createLog("silent") });
  onTestFinished(() => server.close());
  return server;
}

/** Forbids a process to write and to load SQLite's binary: only a server can do its work. */
const WITH_SERVER_ONLY = ["--permission", "--allow-fs-read=*"];

/** Runs the Node example on the sources of the packages. */
async function runExample(args: readonly string[], nodeOptions: readonly string[] = []) {
  const options = ["--conditions=@skillmeat/source", ...nodeOptions];
  const child = spawn(process.execPath, [...options, join(examples, "node.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Bundles one of the examples for browsers. */
async function bundleForBrowser(example = "browser.ts") {
  const bundle = await rolldown({
    input: join(examples, example),
    platform: "browser",
    resolve: { conditionNames: ["@skillmeat/source", "browser", "import", "default"] },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return output;
}

/** Serves the browser example under a server's own address, with the headers that its answers have. */
async function addPage(tab: Page, url: string): Promise<string> {
  const { headers } = await fetch(url);
  const pages = {
    "browser.html": {
      type: "text/html",
      body: readFileSync(join(examples, "browser.html"), "utf8"),
    },
    "browser.js": { type: "text/javascript", body: (await bundleForBrowser())[0].code },
    "events.html": {
      type: "text/html",
      body: '<pre id="groups">Loading…</pre><script type="module" src="./events.js"></script>',
    },
    "events.js": { type: "text/javascript", body: (await bundleForBrowser("events.ts"))[0].code },
    "inline.html": { type: "text/html", body: "<script>document.title = 'ran'</script>" },
  };
  for (const [name, { type, body }] of Object.entries(pages)) {
    const answer = { body, headers: { ...Object.fromEntries(headers), "content-type": type } };
    await tab.route(`${url}/${name}`, (route) => route.fulfill(answer));
  }
  return `${url}/browser.html`;
}

/** All that the browser writes to the console from now on, but for the icon that it asks for by itself. */
function complaintsOf(tab: Page): string[] {
  const complaints: string[] = [];
  tab.on("console", (line) => {
    if (!line.location().url.endsWith("/favicon.ico")) complaints.push(line.text());
  });
  tab.on("pageerror", ({ message }) => void complaints.push(message));
  return complaints;
}

/** The text of the example's page once it has its answer. */
async function shown(tab: Page): Promise<string | null> {
  return tab.locator("#groups", { hasNotText: "Loading" }).textContent();
}

test("the examples are well typed", () => {
  const { stdout, status } = spawnSync(
    join(root, "node_modules", ".bin", "tsc"),
    ["-p", examples],
    {
      encoding: "utf8",
    },
  );
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});

test("the Node example makes and lists groups in its own process, then through a server", async () => {
  const home = await filledHome();
  expect(await runExample([home, "A"])).toEqual({
    code: 0,
    stdout: 'Created "A"\n0 A: 0 members\n',
    stderr: "",
  });
  expect(await runExample([home, "B"], WITH_SERVER_ONLY)).toMatchObject({ code: 1, stdout: "" });
  await serve(home);
  expect(await runExample([home, "B"], WITH_SERVER_ONLY)).toEqual({
    code: 0,
    stdout: 'Created "B"\n0 A: 0 members\n1 B: 0 members\n',
    stderr: "",
  });
});

test("the Node example says why a call was refused", async () => {
  const home = await filledHome();
  await runExample([home, "A"]);
  expect(await runExample([home, "a"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("(conflict)"),
  });
});

test("what a browser loads is one file without server code", async () => {
  const [chunk, ...others] = await bundleForBrowser();
  expect(others).toEqual([]);
  expect(chunk.imports).toEqual([]);
  expect(chunk.dynamicImports).toEqual([]);
  const own = chunk.moduleIds.filter((id) => !id.includes("/node_modules/"));
  expect(own.map((id) => id.slice(id.indexOf("packages/"))).toSorted()).toEqual([
    "packages/client/examples/browser.ts",
    "packages/client/src/call-server.ts",
    "packages/client/src/create-client.ts",
    "packages/client/src/errors.ts",
    "packages/client/src/reach.ts",
    "packages/client/src/subscription-links.ts",
  ]);
  const libraries = chunk.moduleIds.flatMap(
    (id) => id.match(/.*\/node_modules\/(@trpc\/\w+|[^/]+)/)?.[1] ?? [],
  );
  expect([...new Set(libraries)].toSorted()).toEqual([
    "@trpc/client",
    "@trpc/server",
    "eventsource",
    "eventsource-parser",
  ]);
  expect(chunk.code).not.toMatch(/better-sqlite3|kysely|["']node:|\brequire\(|\bprocess\./);
});

test("the browser example shows the groups of a running server to a browser that has its cookie", async () => {
  const home = await filledHome();
  await runExample([home, "A"]);
  const { url, openUrl } = await serve(home);
  const [{ code }] = await bundleForBrowser();
  const show = async (sent: string) => {
    const output = { textContent: "" };
    const page = {
      ...web,
      document: { querySelector: (id: string) => (id === "#groups" ? output : null) },
      location: new URL(url),
      fetch(address: string, init: RequestInit) {
        const withCookie = new Headers(init.headers);
        withCookie.set("cookie", sent);
        return fetch(address, { ...init, headers: withCookie });
      },
    };
    await runInContext(`(async () => {${code}\n})()`, createContext(page));
    return output.textContent;
  };
  expect(await show("")).toContain("token");
  const { headers } = await fetch(openUrl, { redirect: "manual" });
  const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
  expect(await show(cookie)).toBe("A: 0");
});

test("in a real browser the example shows the groups, without a complaint of the browser", async (context) => {
  const home = await filledHome();
  await runExample([home, "A"]);
  const { url, openUrl } = await serve(home);
  const tab = await openTab(context);
  const complaints = complaintsOf(tab);
  await tab.goto(openUrl);
  expect(tab.url()).toBe(`${url}/`);
  const address = await addPage(tab, url);
  const seen = watchCalls(url);
  await tab.goto(address);
  expect(await shown(tab)).toBe("A: 0");
  expect(seen.map(({ request }) => request.headers)).toMatchObject([
    { "sec-fetch-site": "same-origin", cookie: expect.stringContaining("skillmeat-") },
  ]);
  expect(complaints).toEqual([]);
});

test("in a real browser the groups are shown anew when another program changes them", async (context) => {
  const home = await filledHome();
  const { url, openUrl } = await serve(home);
  const tab = await openTab(context);
  const complaints = complaintsOf(tab);
  await tab.goto(openUrl);
  await addPage(tab, url);
  const seen = watchCalls(url);
  await tab.goto(`${url}/events.html`);
  const groups = tab.locator("#groups");
  await expect.poll(() => groups.textContent(), { timeout: 30_000 }).toBe("");
  await runExample([home, "A"]);
  await expect.poll(() => groups.textContent(), { timeout: 30_000 }).toBe("A: 0");
  const followed = seen.filter(({ address }) => address.pathname === "/trpc/events.changes");
  expect(followed.map(({ request }) => request.headers["x-skillmeat"])).toEqual([undefined]);
  expect(complaints).toEqual([]);
});

test("in a real browser that did not open the printed address, the example says what is missing", async (context) => {
  const home = await filledHome();
  const { url } = await serve(home);
  const tab = await openTab(context);
  await tab.goto(await addPage(tab, url));
  expect(await shown(tab)).toBe("The token is missing or wrong");
});

test("the browser holds the example's page to the server's content security policy", async (context) => {
  const home = await filledHome();
  const { url } = await serve(home);
  const tab = await openTab(context);
  const complaints = complaintsOf(tab);
  await addPage(tab, url);
  await tab.goto(`${url}/inline.html`);
  expect(await tab.title()).toBe("");
  expect(complaints).toEqual([expect.stringContaining("Content Security Policy")]);
});
