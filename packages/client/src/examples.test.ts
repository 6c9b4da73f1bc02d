import { openHome } from "@skillmeat/core";
import { createLog, startServer } from "@skillmeat/server";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { rolldown } from "rolldown";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "./node.ts";

/** What the bundle takes from the browser; Node has the same under the same names. */
const web = { AbortController, FormData, Blob };

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

/** Bundles the browser example. */
async function bundleForBrowser() {
  const bundle = await rolldown({
    input: join(examples, "browser.ts"),
    platform: "browser",
    resolve: { conditionNames: ["@skillmeat/source", "browser", "import", "default"] },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return output;
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
    "packages/client/src/create-client.ts",
    "packages/client/src/errors.ts",
  ]);
  const libraries = chunk.moduleIds.flatMap(
    (id) => id.match(/.*\/node_modules\/(@trpc\/\w+|.*)/)?.[1] ?? [],
  );
  expect([...new Set(libraries)].toSorted()).toEqual(["@trpc/client", "@trpc/server"]);
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
