import { spawn } from "node:child_process";
import { once } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { collectionEventSchema, type CollectionEvent } from "@skillmeat/core/schema";
import { expect, onTestFinished, test } from "vitest";
import { cliBundle, cliEnv, run } from "../support/cli.ts";
import { createHome, type TestHome } from "../support/home.ts";
import { startServer } from "../support/serve.ts";

const HEAD = '[collection]\nname = "default"\n';
const groupRow = (name: string) => `\n[[groups]]\nname = "${name}"\n`;
const patient = { timeout: 50_000 };

/** Runs `skillmeat status --watch`, and gives what it prints so far. */
function watch(home: TestHome, ...args: string[]) {
  const command = [cliBundle, "status", "--watch", ...args];
  const child = spawn(process.execPath, command, {
    env: cliEnv(home),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface(child.stdout).on("line", (line) => lines.push(line));
  let warnings = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (warnings += chunk));
  const events = (): CollectionEvent[] =>
    lines.map((line) => collectionEventSchema.parse(JSON.parse(line)));
  return {
    lines,
    events,
    warnings: () => warnings,
    /** The names of the groups that changes touched, with where these came from. */
    touched: () =>
      events().flatMap((event) =>
        event.type === "change"
          ? event.change.touched.map(({ name }) => `${event.change.origin} ${name}`)
          : [],
      ),
    async end(signal: NodeJS.Signals) {
      const closed = once(child, "close");
      child.kill(signal);
      const [code]: unknown[] = await closed;
      return code;
    },
  };
}

/** Saves the manifest as most editors do. */
function saveByRename(home: TestHome, text: string): void {
  const manifest = home.path("collections/default/collection.toml");
  writeFileSync(`${manifest}~`, text);
  renameSync(`${manifest}~`, manifest);
}

const addGroup = (home: TestHome, name: string) => run(home, ["group", "create", name]);

test("without a server: what a command and an editor do is a line each, until Ctrl-C", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  const text = watch(home, "--embedded");
  const json = watch(home, "--embedded", "--json");
  await expect.poll(() => text.lines, patient).toHaveLength(2);
  expect(text.lines[0]).toMatch(/^COLLECTION +STATE/);
  await expect
    .poll(() => json.events().map(({ type }) => type), patient)
    .toEqual(["reset", "state"]);
  await addGroup(home, "A");
  await expect
    .poll(() => text.lines.join("\n"), patient)
    .toMatch(/^[-\d]+ [\d:]+ {2}default: .*"A"$/m);
  saveByRename(home, home.manifest() + groupRow("B"));
  await expect.poll(json.touched, patient).toEqual(["call A", "file B"]);
  home.writeCollection(home.manifest() + groupRow("C"));
  await expect.poll(json.touched, patient).toEqual(["call A", "file B", "file C"]);
  home.writeCollection("<<<<<<< HEAD\n");
  await expect.poll(() => text.lines.at(-1), patient).toMatch(/^default is unreadable, collection/);
  expect([await text.end("SIGINT"), await json.end("SIGTERM")]).toEqual([130, 0]);
});

test("a server that is killed and started anew is followed on, without a gap or a double", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  const first = await startServer(home);
  const { events, touched, warnings } = watch(home, "--json");
  await expect.poll(() => events().length, patient).toBe(2);
  await first.client.groups.create.mutate({ name: "A" });
  saveByRename(home, home.manifest() + groupRow("B"));
  await expect.poll(touched, patient).toEqual(["call A", "file B"]);
  await first.stop("SIGKILL");
  await addGroup(home, "C");
  const second = await startServer(home);
  await second.client.groups.create.mutate({ name: "D" });
  await expect.poll(touched, patient).toEqual(["call A", "file B", "call C", "call D"]);
  expect(events().filter(({ type }) => type === "reset")).toHaveLength(1);
  expect(warnings()).toContain("The connection to the server was lost");
});
