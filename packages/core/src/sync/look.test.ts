import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { listArtifacts } from "../operations/artifacts.ts";
import { createGroup, updateGroup } from "../operations/groups.ts";
import { withFile } from "./look.ts";
import { crashBeforeRecord } from "./testing/crash-before-record.ts";
import { groupRow, HEAD, openTestHome } from "./testing/test-home.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };

test.each([
  ["missing", "collection.toml is missing"],
  ["empty", "collection.toml is empty"],
])(
  "while the manifest is %s its folders are read, and the status says why",
  async (how, reason) => {
    const at = await openTestHome(HEAD);
    await at.groupNames();
    if (how === "missing") rmSync(at.manifest);
    else at.write("");
    at.put("skills/pdf/SKILL.md", "---\n[\n---\n");
    const { collections } = await at.home.sync.refresh();
    expect(collections).toMatchObject([
      {
        artifacts: { found: 1, added: 1, removed: 0 },
        groups: { recovered: 0, skipped: "manifest-missing" },
      },
    ]);
    expect(collections[0]?.problems.map(({ file }) => file)).toEqual(["skills/pdf/SKILL.md"]);
    expect(await at.status()).toMatchObject({ state: "missing", reason });
  },
);

test("an unreadable manifest and what is wrong in its folders are reported together", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  at.write("a = = 1\n");
  at.put("skills/pdf/SKILL.md", "---\n[\n---\n");
  const { collections } = await at.home.sync.refresh();
  expect(collections[0]?.problems.map(({ file }) => file)).toEqual([
    "collection.toml",
    "skills/pdf/SKILL.md",
  ]);
  const { state, reason, problems } = await at.status();
  expect([state, reason]).toEqual(["unreadable", "collection.toml:1:5 invalid value"]);
  expect(problems).toHaveLength(2);
});

test("a file that changes whenever it is looked at is taken as it is at last", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const { cache } = at.home;
  let looks = 0;
  const raced: Cache = {
    ...cache,
    transaction(work) {
      at.write(HEAD + "# look\n".repeat((looks += 1)));
      return cache.transaction(work);
    },
  };
  const text = await withFile(raced, "default", async (_tx, _row, file) =>
    file.state === "present" ? file.text : file.state,
  );
  expect(text).toBe(HEAD + "# look\n".repeat(4));
  expect(looks).toBe(5);
});

test("a file that does not change is looked at once", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const { cache } = at.home;
  let looks = 0;
  const counted: Cache = {
    ...cache,
    transaction(work) {
      looks += 1;
      return cache.transaction(work);
    },
  };
  expect(await withFile(counted, collection, async (_tx, { dir }) => dir)).toBe(collection);
  expect(looks).toBe(1);
});

test("a manifest that was saved once more as it was is no other, and what is unsaved waits on", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await createGroup(at.home.cache, { collection, name: "A", ...plain });
  at.write(HEAD);
  expect(await at.status()).toMatchObject({ state: "pending", reason: "not written yet" });
  const { seen_state } = await at.home.cache.db
    .selectFrom("collections")
    .select("seen_state")
    .executeTakeFirstOrThrow();
  expect(seen_state).toBe("clean");
  expect(at.read()).toBe(HEAD);
});

test.each(["missing", "unreadable"])(
  "a manifest that was %s and is back as it was is read with its folders, and nothing is wrong",
  async (state) => {
    const at = await openTestHome(HEAD);
    await at.groupNames();
    if (state === "missing") rmSync(at.manifest);
    else at.write("a = = 1\n");
    expect(await at.status()).toMatchObject({ state });
    at.put("skills/pdf/SKILL.md", "");
    at.write(HEAD);
    expect(await at.status()).toMatchObject({ state: "clean", reason: null, problems: [] });
    const { items } = await listArtifacts(at.home.cache, { collection, limit: 9 });
    expect(items.map(({ id }) => id)).toEqual(["skill:pdf"]);
  },
);

test.each([
  ["merge", "is written at once"],
  ["add", "waits for the next write"],
])("with %s what the cache has besides an edit of the manifest %s", async (how) => {
  const at = await openTestHome(HEAD);
  writeFileSync(join(at.root, "config.toml"), `external_edits = "${how}"\n`);
  await at.groupNames();
  await createGroup(at.home.cache, { collection, name: "Ours", ...plain });
  at.write(HEAD + groupRow("Theirs"));
  expect((await at.groupNames()).toSorted()).toEqual(["Ours", "Theirs"]);
  expect(at.read().includes('"Ours"')).toBe(how === "merge");
});

test("an edit that the cache has otherwise is told of, until a refresh finds that they are alike", async () => {
  const at = await openTestHome(HEAD + groupRow("A", "x"));
  await at.groupNames();
  at.write(HEAD + groupRow("A", "y"));
  const reason = "collection.toml was changed elsewhere and differs from the cache";
  expect(await at.status()).toMatchObject({ state: "drifted", reason });
  at.write(HEAD + groupRow("A", "x"));
  await at.home.sync.refresh();
  const { seen_state, seen_reason } = await at.home.cache.db
    .selectFrom("collections")
    .select(["seen_state", "seen_reason"])
    .executeTakeFirstOrThrow();
  expect([seen_state, seen_reason]).toEqual(["clean", null]);
});

test("a text that a killed writer had put into place is the cache's own: what came since is kept", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const { cache } = at.home;
  await crashBeforeRecord(at, () => createGroup(cache, { collection, name: "New", ...plain }));
  await updateGroup(cache, { collection, group: "New", name: "Newer" });
  expect(await at.groupNames()).toEqual(["Newer"]);
  expect(await at.home.sync.flush()).toMatchObject({ collections: [{ saved: true }] });
  expect(at.read()).not.toContain('"New"');
});
