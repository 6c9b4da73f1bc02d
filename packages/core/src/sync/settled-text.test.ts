import { utimesSync } from "node:fs";
import { expect, test } from "vitest";
import { createDisplacedFiles } from "../manifest/store/displaced.ts";
import { fingerprintOf } from "../manifest/store/read-file.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";
import { writeManifest } from "./write-manifest.ts";
import { createWrittenTexts } from "./written-text.ts";

const dir = "default";

test("a text that was saved just now is not kept, since one as long may follow in the same tick of a clock", async () => {
  const at = await openTestHome(HEAD + groupRow("A"));
  await at.home.sync.ready(dir);
  const { cache } = at.home;
  const paths = collectionPaths(cache.paths, dir);
  const memory = { displaced: createDisplacedFiles(() => {}), texts: createWrittenTexts() };
  const isKept = async () => {
    expect(await writeManifest(cache, paths, dir, memory)).toBe(true);
    return memory.texts.peek(dir, fingerprintOf(at.manifest)) !== null;
  };
  expect(await isKept()).toBe(false);
  utimesSync(at.manifest, new Date("2026-01-01T00:00:00Z"), new Date("2026-01-01T00:00:00Z"));
  expect(await isKept()).toBe(true);
});
