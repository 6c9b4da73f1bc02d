import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}

test("the tests run on Node 22 or newer", () => {
  expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(22);
});

test("scripts of the workspace run on the Node of the `node` package", () => {
  const version = execFileSync("npm", ["exec", "--no", "--", "node", "--version"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(readJson("node_modules/node/package.json")).toMatchObject({
    version: version.trim().replace(/^v/, ""),
  });
});

const published = globSync(["packages/*/package.json", "apps/*/package.json"], {
  cwd: root,
}).filter((file) => !JSON.stringify(readJson(file)).includes('"private":true'));

test.each(published)("%s is an ES module for Node 22 or newer that publishes its build", (file) => {
  expect(readJson(file)).toMatchObject({
    type: "module",
    engines: { node: ">=22" },
    files: ["dist"],
    scripts: { build: expect.any(String) },
  });
});

test.each(["packages/core/src/manifest", "packages/core/src/sync"])(
  "%s, which has a floor of coverage, is there",
  (folder) => {
    expect(existsSync(join(root, folder))).toBe(true);
  },
);
