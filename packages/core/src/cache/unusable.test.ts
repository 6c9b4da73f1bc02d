import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { homePaths, type HomePaths } from "../paths.ts";
import { openAsItIs } from "./open.ts";

function temporaryHome(): HomePaths {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-cache-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return homePaths(root);
}

test("a cache that is corrupt is told in words, with what to do", async () => {
  const paths = temporaryHome();
  await (await openAsItIs(paths)).close();
  const bytes = readFileSync(paths.cacheFile);
  writeFileSync(paths.cacheFile, bytes.fill(0xff, 100));
  await expect(openAsItIs(paths)).rejects.toMatchObject({
    code: "cache-unusable",
    message: `The cache ${paths.cacheFile} cannot be used: database disk image is malformed`,
  });
});

test("a cache whose folder cannot be made is told in the same words", async () => {
  const paths = temporaryHome();
  writeFileSync(paths.cacheDir, "");
  await expect(openAsItIs(paths)).rejects.toMatchObject({ code: "cache-unusable" });
  rmSync(paths.cacheDir);
  mkdirSync(paths.cacheFile, { recursive: true });
  await expect(openAsItIs(paths)).rejects.toMatchObject({ code: "foreign-cache" });
});
