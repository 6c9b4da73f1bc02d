import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, tagRow } from "../support/texts.ts";

const FILE = "collections/default/collection.toml";

const UNREADABLE: [string, RegExp, (home: TestHome) => void][] = [
  ["a folder", /it is a folder/, (home) => mkdirSync(home.path(FILE))],
  ["a FIFO", /it is a FIFO/, (home) => execFileSync("mkfifo", [home.path(FILE)])],
  [
    "a symbolic link",
    /it is a symbolic link/,
    (home) => {
      home.write("elsewhere.toml", HEAD + groupRow("Elsewhere"));
      symlinkSync(home.path("elsewhere.toml"), home.path(FILE));
    },
  ],
  [
    "a text that is no TOML",
    /collection\.toml:6:9 /,
    (home) => home.write(FILE, `${HEAD}[[groups\nname = "A"\n`),
  ],
  [
    "a text that is not UTF-8",
    /collection\.toml:6:\d+ .*UTF-8/,
    (home) => home.write(FILE, Buffer.concat([Buffer.from(`${HEAD}# `), Buffer.from([0xff])])),
  ],
  ["a section of another shape", /collection\.toml/, (home) => home.write(FILE, "groups = 7\n")],
];

test.each(UNREADABLE)(
  "%s as collection.toml: lists and status say so, mutations are kept, and it stays as it is",
  async (_, why, place) => {
    const home = createHome();
    mkdirSync(home.path("collections/default"), { recursive: true });
    place(home);
    const stat = () => lstatSync(home.path(FILE), { bigint: true });
    const before = stat();
    const { ask, run, status, groupNames } = createSkillmeat(home);

    const list = await run("group", "list", "--json");
    expect(list.code).toBe(0);
    expect(list.json()).toEqual({ items: [], nextCursor: null });
    expect(list.stderr).toMatch(why);
    expect(await status()).toMatchObject({
      state: "unreadable",
      reason: expect.stringMatching(why),
      unsaved: 0,
      problems: [{ file: "collection.toml", line: expect.any(Number) }],
    });
    const created = await run("group", "create", "Kept");
    expect(created.code).toBe(0);
    expect(created.stderr).toMatch(/Warning: Not saved yet: .*\nHint: skillmeat sync flush\n$/);
    expect(await ask("refresh")).toMatchObject({
      collections: [{ groups: { recovered: 0, skipped: "manifest-unreadable" } }],
    });
    expect(await groupNames()).toEqual(["Kept"]);
    const after = stat();
    expect([after.ino, after.mtimeNs, after.size]).toEqual([
      before.ino,
      before.mtimeNs,
      before.size,
    ]);
  },
);

test("status shows the line and the column of what cannot be parsed, as compilers do", async () => {
  const home = createHome();
  home.writeCollection(`${HEAD}\n[[groups]]\nname = "unclosed\n`);
  const { run, status } = createSkillmeat(home);
  const { code, stdout, stderr } = await run("status");
  expect(code).toBe(0);
  expect(stdout).toMatch(/default +unreadable +0 /);
  expect(stderr).toMatch(
    /^Warning: default\/collection\.toml:8:\d+ .+\n +6 \|\n +7 \| .+\n> 8 \| name = "unclosed\n +\| +\^\n$/,
  );
  const [problem] = (await status()).problems;
  expect(problem).toMatchObject({ file: "collection.toml", line: 8 });
});

test("an empty file counts as missing: nothing is deleted, and the young one is not written", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A", "x") + tagRow("T", "t", "#123"));
  const { curation, status, ask } = createSkillmeat(home);
  const before = await curation();
  home.write(FILE, "");
  await ask("refresh");
  expect(await curation()).toEqual(before);
  expect(await status()).toMatchObject({ state: "missing", reason: "collection.toml is empty" });
  expect(home.manifest()).toBe("");
});

test("an empty file that no writer is at work on is filled with all that the cache knows", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A", "x"));
  const { save, curation } = createSkillmeat(home);
  await curation();
  home.write(FILE, "");
  execFileSync("touch", ["-d", "1 hour ago", home.path(FILE)]);
  await save("group", "create", "B");
  const before = await curation();
  expect(before.groups.map(({ name }) => name)).toEqual(["A", "B"]);
  await home.deleteCache();
  expect(await curation()).toEqual(before);
});

test("a bad row takes no other down: it is reported with line and column, and stays through writes", async () => {
  const home = createHome();
  const bad = `
[[groups]]
description = "no name"

[[groups]]
name = "Odd"
position = "second"
color = "mauve"
members = ["x", 7]

[[tag_definitions]]
name = "no slug"
color = 12

[[artifacts]]
name = "../../etc/passwd"
type = "skill"
`;
  home.writeCollection(
    HEAD + groupRow("Good", "y") + bad + groupRow("Also good") + tagRow("T", "t"),
  );
  const { groups, tags, status, save } = createSkillmeat(home);
  expect((await groups()).map(({ name, color }) => [name, color])).toEqual(
    expect.arrayContaining([
      ["Good", ""],
      ["Odd", ""],
      ["Also good", ""],
    ]),
  );
  expect((await tags()).map(({ slug }) => slug)).toContain("t");
  const { problems, state } = await status();
  expect(state).toBe("clean");
  expect(problems.length).toBeGreaterThanOrEqual(4);
  for (const problem of problems) {
    expect(problem).toMatchObject({
      file: "collection.toml",
      message: expect.stringMatching(/\w/),
    });
    expect(problem.line).toBeGreaterThan(5);
    expect(problem.column).toBeGreaterThan(0);
  }
  await save("group", "update", "Good", "--description", "better");
  await save("tag", "update", "t", "--color", "#fff");
  for (const row of bad.split("\n\n")) expect(home.manifest()).toContain(row.trim());
});

test("a folder whose name cannot be a collection's is left alone", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A"));
  home.write("collections/.hidden/collection.toml", HEAD);
  home.write("collections/a-file", "");
  mkdirSync(home.path("collections/a\nb"));
  home.write("collections/a\nb/collection.toml", HEAD);
  const { ask } = createSkillmeat(home);
  expect(await ask("collection", "list")).toMatchObject({ items: [{ name: "default" }] });
});
