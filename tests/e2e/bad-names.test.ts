import { createClient } from "@skillmeat/client";
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { run } from "../support/cli.ts";
import { createHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { serve } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

const USAGE = 2;
const NOT_FOUND = 3;
const CONFLICT = 4;

function curated() {
  const home = createHome();
  home.writeCollection(
    HEAD + tagRow("Docs", "docs") + groupRow("Auth", "pdf") + groupRow("Tests"),
    {
      "skills/pdf/SKILL.md": skill("office"),
    },
  );
  home.write("notes.md", "Notes.\n");
  return createSkillmeat(home);
}

/** All that a home holds but for what every opening makes. */
function everything(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => !/^(?:cache|locks)(?:$|\/)/.test(path))
    .toSorted();
}

const CASES: [string, number, RegExp, string[][]][] = [
  [
    "a name that leads elsewhere",
    USAGE,
    /collection|artifact/i,
    [
      ["collection", "create", "../x"],
      ["init", "a/b"],
      ["group", "list", "--collection", "../default"],
      ["group", "create", "New", "--collection", "..\\default"],
      ["artifact", "show", "../../etc/passwd"],
      ["artifact", "tag", "skill:../pdf", "new"],
      ["group", "add", "Auth", "../pdf"],
      ["artifact", "add", "notes.md", "--type", "command", "--name", "../notes"],
      ["artifact", "add", "notes.md", "--type", "command", "--name", ".."],
      ["artifact", "add", "notes.md", "--type", "command", "--name", "a:../../b"],
      ["collection", "import", "collections/default", "--name", "../../out"],
    ],
  ],
  [
    "a blank name",
    USAGE,
    /empty|named?\b|must be/i,
    [
      ["group", "create", " \t "],
      ["group", "update", "Auth", "--name", ""],
      ["tag", "create", "\u00a0"],
      ["collection", "create", ""],
      ["group", "show", ""],
      ["group", "add", "Auth", ""],
    ],
  ],
  [
    "a name of several lines or with control characters",
    USAGE,
    /one line without control characters|without \/ and control characters/,
    [
      ["group", "create", "a\nb"],
      ["group", "update", "Auth", "--name", "a\u001b[31mb"],
      ["tag", "create", "a\u2028b"],
      ["artifact", "tag", "pdf", "a\tb"],
      ["group", "add", "Auth", "a\nb"],
    ],
  ],
  [
    "a name that is too long",
    USAGE,
    /at most|1 to 64/,
    [
      ["group", "create", "x".repeat(256)],
      ["tag", "create", "x".repeat(101)],
      ["group", "create", "New", "--description", "x".repeat(2001)],
      ["tag", "update", "docs", "--description", "x".repeat(100_000)],
      ["collection", "create", "x".repeat(65)],
    ],
  ],
  [
    "a value that is none of those allowed",
    USAGE,
    /must be|must not|whole number|reserved|nothing|invalid|1 to 64/i,
    [
      ["group", "create", "New", "--color", "red"],
      ["tag", "create", "New", "--color", "blue"],
      ["group", "create", "New", "--icon", "x".repeat(33)],
      ["tag", "create", "New", "--slug", "A b"],
      ["tag", "update", "docs", "--slug", "-docs"],
      ["group", "create", "New", "--position", "-1"],
      ["group", "add", "Auth", "x", "--at", "1.5"],
      ["group", "create", "01234567-89ab-cdef-0123-456789abcdef"],
      ["collection", "create", "con"],
      ["collection", "create", "Upper"],
      ["artifact", "add", "notes.md", "--type", "poem"],
    ],
  ],
  [
    "a name that is taken, ignoring case",
    CONFLICT,
    /already|taken/,
    [
      ["group", "create", "AUTH"],
      ["group", "update", "Tests", "--name", "auth"],
      ["tag", "create", "DOCS"],
      ["tag", "create", "Other", "--slug", "docs"],
      ["collection", "create", "default"],
    ],
  ],
  [
    "a name that is not there",
    NOT_FOUND,
    /There is no/,
    [
      ["group", "delete", "Nowhere"],
      ["group", "reorder", "Tests", "Nowhere"],
      ["group", "remove", "Auth", "nobody"],
      ["tag", "delete", "nowhere"],
      ["artifact", "show", "nobody"],
      ["artifact", "untag", "pdf", "nowhere"],
      ["group", "create", "New", "--collection", "nowhere"],
      ["refresh", "--collection", "nowhere"],
      ["sync", "flush", "--collection", "../default"],
    ],
  ],
];

test.each(CASES)("%s is a clear error and changes nothing", async (_, exitCode, why, commands) => {
  const { home, refuse, groupNames, status } = curated();
  const [groups, manifest, files] = [await groupNames(), home.manifest(), everything(home.root)];
  for (const command of commands) {
    const refusal = await refuse(...command);
    const said = `skillmeat ${JSON.stringify(command)} → ${JSON.stringify(refusal)}`;
    expect(refusal.exitCode, said).toBe(exitCode);
    expect(refusal.message, said).toMatch(why);
    expect(refusal.message, said).not.toContain("unexpected");
    expect(refusal.hint, said).toMatch(/skillmeat/);
  }
  expect(await groupNames()).toEqual(groups);
  expect(await status()).toMatchObject({ state: "clean", dirtyRev: 0 });
  expect(home.manifest()).toBe(manifest);
  expect(everything(home.root)).toEqual(files);
});

test("an error is the same as text, on stderr alone, and as JSON, on stdout alone", async () => {
  const { run: start, refuse } = curated();
  for (const command of [
    ["group", "create", " "],
    ["group", "show"],
  ]) {
    const { exitCode, message, hint } = await refuse(...command);
    expect(await start(...command)).toMatchObject({
      code: exitCode,
      stdout: "",
      stderr: `Error: ${String(message)}\nHint: ${String(hint)}\n`,
    });
    expect((await start(...command, "--json")).stderr).toBe("");
  }
});

test("a mistyped name is answered by the one that was probably meant", async () => {
  const { refuse } = curated();
  expect(await refuse("group", "show", "Autj")).toMatchObject({
    exitCode: NOT_FOUND,
    message: expect.stringContaining('did you mean "Auth"?'),
  });
  expect(await refuse("tag", "show", "doc")).toMatchObject({
    exitCode: NOT_FOUND,
    message: expect.stringContaining('did you mean "docs"?'),
  });
  expect(await refuse("artifact", "show", "pd")).toMatchObject({
    exitCode: NOT_FOUND,
    message: expect.stringContaining("pdf"),
  });
});

test.each([
  [["frobnicate"]],
  [["group"]],
  [["group", "frobnicate"]],
  [["group", "list", "--frobnicate"]],
  [["group", "create"]],
  [["group", "list", "superfluous"]],
  [["group", "list", "--server", "somewhere"]],
  [["group", "list", "--embedded", "--server", "http://127.0.0.1:1"]],
])("a command line that cannot be understood ends with 2: %j", async (command) => {
  const home = createHome();
  const [text, json] = await Promise.all([run(home, command), run(home, [...command, "--json"])]);
  expect([text.code, json.code]).toEqual([USAGE, USAGE]);
  expect(text.stdout).toBe("");
  expect(text.stderr).not.toBe("");
  expect(fieldOf(json.json(), "error")).toMatchObject({
    code: "invalid-input",
    message: expect.stringMatching(/./),
    hint: expect.stringMatching(/./),
  });
});

test("what a command line cannot carry is refused over HTTP: NUL, lone surrogates, a megabyte", async () => {
  const { home, curation } = curated();
  const before = await curation();
  const { url, token } = await serve(home);
  const client = createClient({ url, token });
  const refused = { data: { reason: "invalid-input", httpStatus: 400 } };
  await expect(client.groups.create.mutate({ name: "a\0b" })).rejects.toMatchObject(refused);
  await expect(client.groups.create.mutate({ name: "a\ud800b" })).rejects.toMatchObject(refused);
  await expect(client.tags.create.mutate({ name: "T", description: "\0" })).rejects.toMatchObject(
    refused,
  );
  await expect(
    client.groups.addMembers.mutate({ group: "Auth", members: ["a\0"] }),
  ).rejects.toMatchObject(refused);
  await expect(client.artifacts.get.query({ id: "skill:\0" })).rejects.toMatchObject(refused);
  await expect(client.groups.list.query({ collection: "default\0" })).rejects.toMatchObject(
    refused,
  );
  await expect(client.artifacts.add.mutate({ paths: [`${home.root}\0`] })).rejects.toMatchObject(
    refused,
  );
  await expect(client.collections.import.mutate({ path: "/\0" })).rejects.toMatchObject(refused);
  const long = { name: "Long", description: "x".repeat(900_000) };
  await expect(client.groups.create.mutate(long)).rejects.toMatchObject({
    message: expect.stringContaining("at most 2000 characters"),
    ...refused,
  });
  const longer = { name: "Longer", description: "x".repeat(1024 * 1024) };
  await expect(client.groups.create.mutate(longer)).rejects.toMatchObject({
    data: { reason: "invalid-input", httpStatus: 413 },
  });
  expect(await curation()).toEqual(before);
});

test("a description of a megabyte that stands in the file is kept and shown", async () => {
  const home = createHome();
  const description = "x".repeat(1024 * 1024);
  home.writeCollection(`${HEAD}${groupRow("A")}description = "${description}"\n`);
  const { save, groups } = createSkillmeat(home);
  await save("group", "create", "B");
  await home.deleteCache();
  expect((await groups()).map((group) => group.description)).toEqual([description, ""]);
});

test("ten thousand members of one group are added, kept in order and recovered", async () => {
  const home = createHome();
  home.writeCollection(HEAD);
  const { save, groups, run: start } = createSkillmeat(home);
  const members = Array.from({ length: 10_000 }, (_, index) => `member-${index}`);
  await save("group", "create", "Big");
  await save("group", "add", "Big", ...members);
  await home.deleteCache();
  const refs = async () => (await groups())[0]?.members.map(({ ref }) => ref);
  expect(await refs()).toEqual(members);

  const { client } = await serve(home);
  const more = Array.from({ length: 10_000 }, (_, index) => `more-${index}`);
  expect(
    await client.groups.addMembers.mutate({ group: "Big", members: more, at: 0 }),
  ).toMatchObject({
    saved: true,
  });
  await home.deleteCache();
  expect((await start("group", "list", "--embedded")).stdout).toContain("20000");
  expect(await refs()).toEqual([...more, ...members]);
});
