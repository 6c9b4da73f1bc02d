import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD } from "../support/texts.ts";

const CACHE = "cache/cache.db";

/** A database as another program, or another version of this one, would have left it. */
function changeDatabase(home: TestHome, change: (database: DatabaseSync) => void): void {
  mkdirSync(home.path("cache"), { recursive: true });
  const database = new DatabaseSync(home.path(CACHE));
  change(database);
  database.close();
}

function hashOf(home: TestHome): string {
  return createHash("sha256")
    .update(readFileSync(home.path(CACHE)))
    .digest("hex");
}

test.each([
  [
    "a SQLite database of another program",
    (home: TestHome) =>
      changeDatabase(home, (database) =>
        database.exec("create table notes (text); insert into notes values ('mine')"),
      ),
  ],
  [
    "one that names its program",
    (home: TestHome) =>
      changeDatabase(home, (database) => {
        database.exec("pragma application_id = 252006673");
        database.exec("create table layers (name)");
      }),
  ],
  [
    "a text",
    (home: TestHome) => home.write(CACHE, "These are my notes, and not a database.\n".repeat(50)),
  ],
  ["a short text", (home: TestHome) => home.write(CACHE, "mine")],
])(
  "%s as cache.db is refused with the setting for another path, and left untouched",
  async (_, place) => {
    const home = createHome();
    home.writeCollection(HEAD + groupRow("A"));
    place(home);
    const before = hashOf(home);
    const { refuse, run, groupNames } = createSkillmeat(home);
    for (const command of [
      ["group", "list"],
      ["group", "create", "B"],
      ["serve", "--port", "0"],
    ]) {
      expect(await refuse(...command)).toEqual({
        exitCode: 1,
        code: "foreign-cache",
        message: expect.stringContaining(home.path(CACHE)),
        hint: expect.stringMatching(/--home DIR or SKILLMEAT_HOME/),
      });
    }
    expect(hashOf(home)).toBe(before);
    expect(readdirSync(home.path("cache"))).toEqual(["cache.db"]);
    expect(home.manifest()).toBe(HEAD + groupRow("A"));

    const other = createHome();
    expect((await run("init", "--home", other.root)).code).toBe(0);
    await home.deleteCache();
    expect(await groupNames()).toEqual(["A"]);
  },
);

test("a cache that a newer SkillMeat made is refused, and can be deleted", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A"));
  const { refuse, groupNames } = createSkillmeat(home);
  await groupNames();
  changeDatabase(home, (database) => database.exec("pragma user_version = 999"));
  const before = hashOf(home);
  expect(await refuse("group", "create", "B")).toEqual({
    exitCode: 1,
    code: "foreign-cache",
    message: expect.stringContaining("newer SkillMeat"),
    hint: expect.stringContaining("Upgrade SkillMeat, or delete the cache"),
  });
  expect(hashOf(home)).toBe(before);
  await home.deleteCache();
  expect(await groupNames()).toEqual(["A"]);
});

test("an empty cache.db, as a full disk leaves it, is filled again", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A"));
  home.write(CACHE, "");
  expect(await createSkillmeat(home).groupNames()).toEqual(["A"]);
});

test("a folder in the place of cache.db, and a file in the place of the home, are told", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  mkdirSync(home.path(CACHE), { recursive: true });
  const { refuse } = createSkillmeat(home);
  expect(await refuse("group", "list")).toMatchObject({
    exitCode: 1,
    message: expect.stringContaining("not a regular file"),
    hint: expect.stringContaining("--home"),
  });
  home.write("a-file", "");
  expect(await refuse("group", "list", "--home", home.path("a-file"))).toMatchObject({
    message: expect.stringContaining("a-file"),
    hint: expect.stringContaining("--home"),
  });
});

test("a broken cache is moved aside, said so, and recovered by whatever command comes next", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A"));
  const { run, groupNames, save } = createSkillmeat(home);
  await save("group", "create", "B");
  home.write(CACHE, "x".repeat(9_000));
  const { code, stdout, stderr } = await run("group", "list");
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining("B") });
  expect(stderr).toMatch(/^Warning: The cache .*cache\.db was broken and lies in .*broken.* now; /);
  expect(readdirSync(home.path("cache", "broken"))).toHaveLength(1);
  expect(await groupNames()).toEqual(["A", "B"]);
});

test("a server goes on where its cache is deleted, and its log says so", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A"));
  const { client, log } = await serve(home);
  await client.groups.create.mutate({ name: "B" });
  home.remove("cache");
  expect(await client.groups.create.mutate({ name: "C" })).toMatchObject({ saved: true });
  const { items } = await client.groups.list.query({});
  expect(items.map(({ name }) => name)).toEqual(["A", "B", "C"]);
  await expect.poll(log).toContain("was deleted or replaced while it was in use");
  expect(await createSkillmeat(home).groupNames()).toEqual(["A", "B", "C"]);
});
