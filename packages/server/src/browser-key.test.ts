import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepBrowserKey } from "./browser-key.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skillmeat-key-"));
  file = join(folder, "browser-key");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the key is made once, and its owner alone can read it", () => {
  const key = keepBrowserKey(file);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(keepBrowserKey(file)).toBe(key);
  expect(readFileSync(file, "utf8")).toBe(`${key}\n`);
});

test("a key that others could read, or that is none, is made anew", () => {
  const key = keepBrowserKey(file);
  chmodSync(file, 0o644);
  const next = keepBrowserKey(file);
  expect(next).not.toBe(key);
  writeFileSync(file, "short\n");
  expect(keepBrowserKey(file)).toMatch(/^[\w-]{43}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a file that was removed shuts out the browsers that had its key", () => {
  const key = keepBrowserKey(file);
  rmSync(file);
  expect(keepBrowserKey(file)).not.toBe(key);
});
