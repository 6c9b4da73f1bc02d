import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { cliBundle, run } from "./support/cli.ts";
import { createHome, type TestHome } from "./support/home.ts";
import { fieldOf } from "./support/json.ts";
import { serve } from "./support/serve.ts";
import { groupRow, HEAD } from "./support/texts.ts";

/** Notes, where a command ends, what it has loaded: of Node, and of its own files. */
const PROBE = `process.on("exit", () => require("node:fs").writeFileSync("loaded.json", JSON.stringify({
  node: process.moduleLoadList, files: Object.keys(require("node:module")._cache) })));`;

function withGroup(): TestHome {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("Documents", "pdf"));
  home.write("probe.cjs", PROBE);
  return home;
}

/** What a command that succeeds loads: files of the bundle and packages by name, parts of Node as it names them. */
async function loadedBy(home: TestHome, ...args: string[]): Promise<string[]> {
  const env = { NODE_OPTIONS: `--require ${home.path("probe.cjs")}` };
  expect(await run(home, args, { env })).toMatchObject({ code: 0, stderr: "" });
  const loaded: unknown = JSON.parse(home.read("loaded.json"));
  const node = Object.values(Object(fieldOf(loaded, "node"))).map(String);
  const files = Object.values(Object(fieldOf(loaded, "files"))).map(String);
  return [...node.map((name) => name.replace("NativeModule ", "node:")), ...files.map(nameOf)];
}

function nameOf(file: string): string {
  return (
    /node_modules\/([^/]+)\/(?!.*node_modules\/)/.exec(file)?.[1] ??
    basename(file).replace(/\..*/, "")
  );
}

/** What takes longest to load: `fetch`, and what only a process that changes something or spawns needs. */
const SLOW = ["node:internal/deps/undici/undici", "node:crypto", "node:child_process", "node:tls"];

test("a command that asks a server loads neither the core nor what it is made with", async () => {
  const home = withGroup();
  await serve(home);
  const loaded = await loadedBy(home, "group", "list");
  for (const name of [...SLOW, "better-sqlite3", "zod", "kysely"]) {
    expect(loaded).not.toContain(name);
  }
  expect(loaded.filter((name) => /^(?:core|server)-/.test(name))).toEqual(["server-server-file"]);
  expect(loaded).toContain("client-node");
});

test("a command that works on the home loads the procedures of its noun alone, and no HTTP", async () => {
  const home = withGroup();
  await run(home, ["group", "list"]);
  const loaded = await loadedBy(home, "group", "list", "--embedded");
  expect(loaded).toContain("better-sqlite3");
  expect(loaded.filter((name) => name.startsWith("server-routers-"))).toEqual([
    "server-routers-groups",
  ]);
  for (const name of [...SLOW, "node:http", "hono", "pino", "js-yaml", "diff", "eventsource"]) {
    expect(loaded).not.toContain(name);
  }
});

test("the bundle names each of its files to a server, which loads them all", () => {
  const folder = dirname(cliBundle);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const chunks = Object.values(Object(fieldOf(manifest, "chunks"))).map(String);
  const required = chunks.flatMap((chunk) =>
    [...readFileSync(join(folder, chunk), "utf8").matchAll(/require\("\.\/([^"]+)"\)/g)].map(
      ([, file]) => file,
    ),
  );
  expect(required).toContainEqual(expect.stringMatching(/^server-routers-groups\./));
  expect(chunks).toEqual(expect.arrayContaining(required));
});
