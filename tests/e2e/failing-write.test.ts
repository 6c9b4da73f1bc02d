import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, renameSync, symlinkSync, utimesSync } from "node:fs";
import { groupSchema } from "@skillmeat/core/schema";
import { expect, onTestFinished, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { itemsOf } from "../support/json.ts";
import { createSkillmeat, withoutId } from "../support/skillmeat.ts";
import { asStoppableUser } from "../support/stoppable-user.ts";
import { groupRow, HEAD, tagRow } from "../support/texts.ts";

const GOOD = HEAD + tagRow("T", "t") + groupRow("A", "x");
const FILE = "collections/default/collection.toml";

/** Puts something else where the manifest stands; gives what takes it away again. */
type Spoil = (home: TestHome) => () => void;

const aside = (home: TestHome) => renameSync(home.path(FILE), home.path("aside.toml"));
const back = (home: TestHome) => () => {
  home.remove(FILE);
  renameSync(home.path("aside.toml"), home.path(FILE));
};

const OBSTACLES: [string, RegExp, Spoil][] = [
  [
    "a folder in its place",
    /folder/,
    (home) => {
      aside(home);
      mkdirSync(home.path(FILE));
      return back(home);
    },
  ],
  [
    "a FIFO in its place",
    /FIFO/,
    (home) => {
      aside(home);
      execFileSync("mkfifo", [home.path(FILE)]);
      return back(home);
    },
  ],
  [
    "a symbolic link in its place",
    /symbolic link/,
    (home) => {
      aside(home);
      symlinkSync(home.path("aside.toml"), home.path(FILE));
      return back(home);
    },
  ],
  [
    "a conflict of a merge in it",
    /collection\.toml:6:\d+ /,
    (home) => {
      home.write(FILE, GOOD.replace("\n[[tag", "<<<<<<< mine\n[[tag"));
      return () => home.write(FILE, GOOD);
    },
  ],
  [
    "nothing in it, as if a writer were at work",
    /empty/,
    (home) => {
      home.write(FILE, "");
      // An empty file is left to its writer while it is young; this one stays so.
      utimesSync(home.path(FILE), new Date("2999-01-01"), new Date("2999-01-01"));
      return () => home.write(FILE, GOOD);
    },
  ],
  [
    "its folder moved away",
    /missing/,
    (home) => {
      renameSync(home.path("collections/default"), home.path("moved"));
      return () => renameSync(home.path("moved"), home.path("collections/default"));
    },
  ],
];

test.each(OBSTACLES)(
  "a write that fails for %s does not fail the command, which says so; it is saved once that is gone",
  async (_, why, spoil) => {
    const home = createHome();
    home.writeCollection(GOOD);
    const { ask, run, status, curation, groupNames } = createSkillmeat(home);
    await groupNames();
    const mend = spoil(home);

    const text = await run("group", "create", "B", "--quiet");
    expect(text.code).toBe(0);
    expect(text.stdout).toBe("");
    expect(text.stderr).toMatch(/^Warning: Not saved yet: .+\nHint: skillmeat sync flush\n$/);
    expect(text.stderr).toMatch(why);
    expect(await ask("tag", "update", "t", "--color", "#abc")).toMatchObject({
      tag: { color: "#abc" },
      saved: false,
      reason: expect.stringMatching(why),
    });

    const waiting = await status();
    expect(waiting.unsaved).toBe(2);
    expect(waiting.reason).toMatch(why);
    expect(["pending", "missing", "unreadable"]).toContain(waiting.state);
    const before = await curation();
    expect(before.groups.map(({ name }) => name)).toEqual(["A", "B"]);

    mend();
    expect(await ask("sync", "flush")).toEqual({
      collections: [{ name: "default", saved: true, reason: null }],
    });
    expect(await status()).toMatchObject({ state: "clean", unsaved: 0, reason: null });
    await home.deleteCache();
    expect(await curation()).toEqual(before);
  },
);

test("what is not saved is shown by status and flush, with the reason and the next command", async () => {
  const home = createHome();
  home.writeCollection("[[groups\n");
  const { ask, run } = createSkillmeat(home);
  await ask("group", "create", "A");
  const warning =
    "Warning: default: Not saved yet: collection.toml:1:9 illegal character in key\nHint: skillmeat sync flush\n";
  const [status, flush] = [await run("status"), await run("sync", "flush")];
  for (const { code, stdout, stderr } of [status, flush]) {
    expect(code).toBe(0);
    expect(stdout).toContain("collection.toml:1:9");
    expect(stderr).toContain(warning);
  }
  expect(await ask("sync", "flush")).toMatchObject({
    collections: [{ name: "default", saved: false, reason: expect.stringContaining(":1:9") }],
  });
});

test("what is not a regular file is never replaced, nor is what a link leads to", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  home.write("elsewhere.toml", GOOD);
  home.remove(FILE);
  symlinkSync(home.path("elsewhere.toml"), home.path(FILE));
  const { ask } = createSkillmeat(home);
  expect(await ask("group", "create", "B")).toMatchObject({ saved: false });
  await ask("sync", "flush");
  expect(home.read("elsewhere.toml")).toBe(GOOD);
  expect(readdirSync(home.path("collections/default"))).toEqual(["collection.toml"]);
});

test("the next mutation saves what an earlier one could not", async () => {
  const home = createHome();
  home.writeCollection(GOOD);
  const { ask, save, section } = createSkillmeat(home);
  await ask("group", "list");
  home.write(FILE, "[[broken\n");
  expect(await ask("group", "create", "B")).toMatchObject({ saved: false });
  home.write(FILE, GOOD);
  await save("group", "create", "C");
  expect(section("groups")).toEqual(
    ["A", "B", "C"].map((name) => expect.objectContaining({ name })),
  );
});

test("a refresh saves what could not be saved before", async () => {
  const home = createHome();
  home.writeCollection(GOOD);
  const { ask, section, status } = createSkillmeat(home);
  await ask("group", "list");
  home.write(FILE, "[[broken\n");
  expect(await ask("group", "delete", "A")).toMatchObject({ saved: false });
  home.write(FILE, GOOD);
  await ask("refresh");
  expect(section("groups")).toBeUndefined();
  expect(await status()).toMatchObject({ state: "clean", unsaved: 0 });
});

test("a write that fails for a read-only folder is saved once the folder can be written", async (context) => {
  const home = createHome();
  home.writeCollection(GOOD);
  const prefix = asStoppableUser(home);
  context.skip(prefix === null, "root cannot become another user that may run this clone's CLI");
  const { ask, run, save } = createSkillmeat(home, undefined, { prefix: prefix ?? [] });
  const curation = async () => [
    groupSchema
      .array()
      .parse(itemsOf(await ask("group", "list")))
      .map(withoutId),
    await ask("tag", "list"),
  ];
  const folder = home.path("collections/default");
  onTestFinished(() => chmodSync(folder, 0o755));
  await ask("group", "list");
  chmodSync(folder, 0o555);

  const { code, stderr } = await run("group", "create", "B");
  expect(code).toBe(0);
  expect(stderr).toMatch(/Not saved yet: .*(EACCES|permission)/);
  expect(stderr).toContain("Hint: skillmeat sync flush");
  expect(await ask("tag", "create", "U")).toMatchObject({ saved: false });
  expect(home.manifest()).toBe(GOOD);
  const standing = (state: string, unsaved: number) => ({ collections: [{ state, unsaved }] });
  expect(await ask("status")).toMatchObject(standing("pending", 2));
  const before = await curation();

  chmodSync(folder, 0o755);
  await save("group", "update", "B", "--description", "");
  expect(await ask("status")).toMatchObject(standing("clean", 0));
  await home.deleteCache();
  expect(await curation()).toEqual(before);
});
