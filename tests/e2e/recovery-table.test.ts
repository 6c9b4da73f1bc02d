import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { ensureServerHasReadNothing, tookIn } from "../support/through-server.ts";
import { groupRow, HEAD, tagRow } from "../support/texts.ts";

/** Not the default collection: one whose display name is unlike its folder. */
const COLLECTION = "Team Tools";

const BROKEN = "[[groups\n";

/** A group and a tag definition of one name: the table of DESIGN holds for both. */
function both(name: string, value = ""): string {
  return (
    groupRow(name, ...(value === "" ? [] : [value])) +
    tagRow(name, name.toLowerCase(), value === "" ? "" : `#${value}`)
  );
}

/** A home whose collection has been read from this manifest. */
async function readFrom(manifest: string) {
  const home = createHome();
  const skillmeat = createSkillmeat(home, COLLECTION);
  const write = (text: string) => home.writeCollection(text, {}, COLLECTION);
  const text = () => home.manifest(COLLECTION);
  write(manifest);
  await skillmeat.ask("refresh");
  /** The names of groups and tags, which must be the same ones. */
  const names = async () => {
    const { groups, tags } = await skillmeat.curation();
    const found = groups.map(({ name }) => name);
    expect(tags.map(({ name }) => name).toSorted()).toEqual(found.toSorted());
    return found;
  };
  const refresh = () => skillmeat.ask("refresh");
  const backups = () => {
    const folder = home.path("backups", COLLECTION);
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  };
  return { ...skillmeat, write, text, names, refresh, backups };
}

function outcome(recovered: number, skipped: string | null) {
  const report = { recovered, skipped };
  const each = skipped === null ? tookIn(report) : report;
  return { collections: [expect.objectContaining({ groups: each, tags: each })] };
}

describe("a group or tag definition", () => {
  test("in cache and file, equal: the cache's, and nothing is written", async () => {
    const at = await readFrom(HEAD + both("A", "111"));
    const before = await at.curation();
    expect(await at.refresh()).toEqual(outcome(0, "cache-authoritative"));
    expect(await at.curation()).toEqual(before);
    expect(at.text()).toBe(HEAD + both("A", "111"));
    expect((await at.status()).state).toBe("clean");
  });

  test("in cache and file, unequal: the cache's; the difference is drift and reported, and kept as a backup once it is overwritten", async () => {
    const at = await readFrom(HEAD + both("A", "111"));
    const before = await at.curation();
    const edited = HEAD + both("A", "222");
    at.write(edited);
    expect(await at.refresh()).toEqual(outcome(0, "cache-authoritative"));
    expect(await at.curation()).toEqual(before);
    expect(await at.status()).toMatchObject({
      state: "drifted",
      reason: expect.stringContaining("changed elsewhere"),
    });
    expect(at.text()).toBe(edited);

    await at.save("group", "update", "A", "--description", "more");
    expect(at.text()).not.toContain("222");
    expect(at.backups()).toEqual([edited]);
  });

  test("in the file only, base null: created; that is the recovery", async () => {
    const text = HEAD + both("B", "111") + both("A");
    const at = await readFrom(text);
    expect(await at.names()).toEqual(["B", "A"]);
    await at.home.deleteCache();
    await ensureServerHasReadNothing(at.home);
    expect(await at.refresh()).toEqual(outcome(2, null));
    expect(await at.names()).toEqual(["B", "A"]);
    expect(at.text()).toBe(text);
  });

  test("in the file only, base null since it was never readable before: created beside what was made here", async () => {
    const at = await readFrom(BROKEN);
    await at.ask("group", "create", "Here");
    await at.ask("tag", "create", "Here");
    at.write(HEAD + both("There"));
    expect((await at.names()).toSorted()).toEqual(["Here", "There"]);
    await at.ask("sync", "flush");
    await at.home.deleteCache();
    expect((await at.names()).toSorted()).toEqual(["Here", "There"]);
  });

  test("in the file only, not in the base: somebody added it, and it is created", async () => {
    const at = await readFrom(HEAD + both("A") + both("C"));
    const text = HEAD + both("A") + both("B", "111") + both("C");
    at.write(text);
    expect(await at.refresh()).toEqual(outcome(1, null));
    expect(await at.names()).toEqual(["A", "B", "C"]);
    expect(at.text()).toBe(text);
    expect((await at.status()).state).toBe("clean");
  });

  test("in the file only, in the base: deleted here while it could not be written, and the delete is written", async () => {
    const text = HEAD + both("A") + both("B");
    const at = await readFrom(text);
    at.write(BROKEN);
    expect(await at.ask("group", "delete", "A")).toMatchObject({ saved: false });
    expect(await at.ask("tag", "delete", "a")).toMatchObject({ saved: false });
    at.write(text);
    expect(await at.names()).toEqual(["B"]);
    await at.ask("sync", "flush");
    expect(at.section("groups")).toEqual([expect.objectContaining({ name: "B" })]);
    expect(at.section("tag_definitions")).toEqual([expect.objectContaining({ name: "B" })]);
    await at.home.deleteCache();
    expect(await at.names()).toEqual(["B"]);
  });

  test("in the cache only: kept, and written at the next write-through", async () => {
    const at = await readFrom(HEAD + both("A") + both("B"));
    at.write(HEAD + both("B"));
    expect(await at.refresh()).toEqual(outcome(0, "cache-authoritative"));
    expect(await at.names()).toEqual(["A", "B"]);
    expect(at.text()).toBe(HEAD + both("B"));
    expect((await at.status()).state).toBe("drifted");
    await at.save("group", "update", "B", "--description", "more");
    await at.home.deleteCache();
    expect((await at.names()).toSorted()).toEqual(["A", "B"]);
  });

  test.each([
    ["missing", null, "manifest-missing", "missing"],
    ["empty", "", "manifest-missing", "missing"],
    ["unreadable", BROKEN, "manifest-unreadable", "unreadable"],
  ])(
    "while the manifest is %s: the cache stays as it is, the state says so, and nothing is deleted",
    async (_state, text, skipped, state) => {
      const at = await readFrom(HEAD + both("A", "111"));
      const before = await at.curation();
      const file = `collections/${COLLECTION}/collection.toml`;
      if (text === null) at.home.remove(file);
      else at.home.write(file, text);
      expect(await at.refresh()).toEqual(outcome(0, skipped));
      expect(await at.curation()).toEqual(before);
      expect(await at.status()).toMatchObject({ state, unsaved: 0, reason: expect.any(String) });
      at.write(HEAD + both("A", "111"));
      expect(await at.refresh()).toEqual(outcome(0, "cache-authoritative"));
      expect(await at.curation()).toEqual(before);
      expect((await at.status()).state).toBe("clean");
    },
  );
});

test("a missing manifest is made again by the next mutation, with everything that the cache knows", async () => {
  const at = await readFrom(HEAD + both("A", "111"));
  at.home.remove("collections/Team Tools/collection.toml");
  await at.save("group", "create", "B");
  const before = await at.curation();
  await at.home.deleteCache();
  expect(await at.curation()).toEqual(before);
  expect(at.section("collection")).toMatchObject({ name: "Mine", created: "2026-01-01T00:00:00" });
});
