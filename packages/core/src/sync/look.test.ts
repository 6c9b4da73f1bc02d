import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { withFile } from "./look.ts";
import { HEAD, openTestHome } from "./testing/test-home.ts";

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
