import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadWhole } from "./load-whole.ts";

test("what was loaded whole needs its files no more, whatever comes in their place", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-whole-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("package.json", '{ "type": "commonjs", "chunks": ["a.js", "b.js"] }');
  write("a.js", "exports.version = 1;");
  write("b.js", "exports.version = 1;");
  await loadWhole(join(folder, "package.json"));
  write("a.js", "exports.version = 2;");
  rmSync(join(folder, "b.js"));
  const load = createRequire(join(folder, "package.json"));
  expect([load("./a.js"), load("./b.js")]).toEqual([{ version: 1 }, { version: 1 }]);
});

test("run from sources there is nothing to load", async () => {
  await expect(loadWhole()).resolves.toBeUndefined();
});
