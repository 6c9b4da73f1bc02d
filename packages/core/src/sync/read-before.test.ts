import { expect, test } from "vitest";
import { openHome } from "../home.ts";
import { readManifestFile } from "../manifest/store/read-file.ts";
import { createGroup } from "../operations/groups.ts";
import { asReadBefore, keepReading, readBefore } from "./read-before.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";

const dir = "default";
const group = { collection: dir, name: "New", description: "", color: "", icon: "", members: [] };
const summary = {
  found: 1,
  members: { resolved: 2, unresolved: 3 },
  inManifest: { tags: 4, groups: 5 },
  problems: [],
};

/** Keeps a reading of a home, and gives what asks for it again. */
async function keep(at: TestHome, folders: { isStillTrue(): boolean }) {
  await at.home.sync.ready(dir);
  const { cache } = at.home;
  const file = readManifestFile(at.manifest);
  const before = await cache.transaction((tx) =>
    readBefore(cache, tx, dir, file, folders, summary),
  );
  keepReading(cache, dir, before);
  return () =>
    at.home.cache.transaction((tx) =>
      asReadBefore(at.home.cache, tx, dir, readManifestFile(at.manifest)),
    );
}

const same = { isStillTrue: () => true };

test("what was read is said again while cache, manifest and folders are what they were", async () => {
  const ask = await keep(await openTestHome(HEAD), same);
  expect(await ask()).toEqual(summary);
  expect(await ask()).toEqual(summary);
});

test.each<[string, (at: TestHome) => unknown]>([
  ["this process changed a row", (at) => createGroup(at.home.cache, group)],
  [
    "another connection changed a row",
    async (at) => {
      const other = await openHome({ root: at.root });
      await createGroup(other.cache, group);
      await other.close();
    },
  ],
  ["the manifest was edited", (at) => at.write(HEAD + groupRow("A"))],
  [
    "the manifest was saved as it was",
    (at) => (at.write(""), at.write(`${HEAD}\n`), at.write(HEAD)),
  ],
  ["the manifest cannot be read any more", (at) => at.write("=")],
  ["the home was opened anew", (at) => at.reopen()],
])("after %s all is read", async (_, change) => {
  const at = await openTestHome(HEAD);
  const ask = await keep(at, same);
  await change(at);
  expect(await ask()).toBeNull();
});

test("after the folders changed all is read", async () => {
  let isTrue = true;
  const ask = await keep(await openTestHome(HEAD), { isStillTrue: () => isTrue });
  isTrue = false;
  expect(await ask()).toBeNull();
});
