import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";

test("a refresh says what it recovered, or why nothing", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "pdf", "gone", "lost"));
  at.put("skills/pdf/SKILL.md", "");
  const refresh = async () => (await at.home.sync.refresh()).collections[0];
  const members = { resolved: 1, unresolved: 2 };
  const tags = { recovered: 0, skipped: "nothing-in-manifest" };
  expect(await refresh()).toMatchObject({ groups: { recovered: 1, skipped: null }, tags, members });
  expect(await refresh()).toMatchObject({
    groups: { recovered: 0, skipped: "cache-authoritative" },
    tags,
  });
  at.write("= 3");
  const unreadable = { recovered: 0, skipped: "manifest-unreadable" };
  expect(await refresh()).toMatchObject({ groups: unreadable, tags: unreadable, members });
  rmSync(at.manifest);
  const missing = { recovered: 0, skipped: "manifest-missing" };
  expect(await refresh()).toMatchObject({ groups: missing, tags: missing, members });
});

test("of a collection that came just now all counts, also where the watch read it first", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "pdf"));
  at.put("skills/pdf/SKILL.md", "");
  const came = {
    artifacts: { found: 1, added: 1, removed: 0 },
    groups: { recovered: 1, skipped: null },
    tags: { recovered: 0, skipped: "nothing-in-manifest" },
  };
  expect((await at.home.sync.readNew("default")).collections).toMatchObject([came]);
  // Whether a reading has anything to read or not: the second of these has not.
  await at.home.sync.refresh();
  expect((await at.home.sync.readNew("default")).collections).toMatchObject([came]);
  at.write("= 3");
  const { artifacts } = came;
  expect((await at.home.sync.readNew("default")).collections).toMatchObject([{ artifacts }]);
});
