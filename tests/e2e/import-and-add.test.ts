import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

/** A home with one empty collection. */
function empty() {
  const home = createHome();
  home.writeCollection(HEAD);
  return createSkillmeat(home);
}

/** A repository of skills as people publish them. */
function writeRepository(home: TestHome): string {
  home.write("repository/README.md", "# Skills\n");
  home.write("repository/.git/config", "[core]\n");
  home.write("repository/pdf/SKILL.md", skill("office"));
  home.write("repository/pdf/scripts/run.sh", "#!/bin/sh\n");
  home.write("repository/document-skills/docx/SKILL.md", skill());
  home.write("repository/node_modules/dep/SKILL.md", skill());
  return home.path("repository");
}

/** All files of the collection but its manifest. */
function files(home: TestHome): string[] {
  return readdirSync(home.path("collections/default"), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name !== "collection.toml")
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.slice(home.path("collections/default/").length),
    )
    .toSorted();
}

test("a file is added with the type that its folder says, or that is given", async () => {
  const { home, save, artifacts, section } = empty();
  home.write("commands/review.md", "Review it.\n");
  home.write("notes.md", "---\ntitle: My notes\n---\n");
  await save("artifact", "add", home.path("commands/review.md"));
  await save("artifact", "add", "notes.md", "--type", "agent", "--name", "helper");
  expect(await artifacts()).toMatchObject([
    { id: "agent:helper", title: "My notes", path: "agents/helper.md", missing: false },
    { id: "command:review", path: "commands/review.md" },
  ]);
  expect(files(home)).toEqual(["agents/helper.md", "commands/review.md"]);
  expect(section("artifacts")).toMatchObject([
    { name: "review", type: "command" },
    { name: "helper", type: "agent" },
  ]);
});

test("a file whose type nothing says is refused, and so is one that cannot be of that type", async () => {
  const { home, refuse } = empty();
  home.write("notes.md", "Notes.\n");
  expect(await refuse("artifact", "add", "notes.md")).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining("not clear what"),
    hint: expect.stringContaining("--type"),
  });
  expect(await refuse("artifact", "add", "notes.md", "--type", "skill")).toMatchObject({
    exitCode: 2,
  });
  expect(await refuse("artifact", "add", "nothing.md", "--type", "command")).toMatchObject({
    exitCode: 3,
  });
  expect(files(home)).toEqual([]);
  expect(home.manifest()).toBe(HEAD);
});

test("a folder that is a skill is added whole", async () => {
  const { home, save, artifacts } = empty();
  const repository = writeRepository(home);
  await save("artifact", "add", `${repository}/pdf`);
  expect(await artifacts()).toMatchObject([{ id: "skill:pdf", tags: ["office"] }]);
  expect(files(home)).toEqual(["skills/pdf/SKILL.md", "skills/pdf/scripts/run.sh"]);
});

test("a repository gives every skill below it, and --dry-run lists them and changes nothing", async () => {
  const { home, ask, run, save, artifacts } = empty();
  const repository = writeRepository(home);
  const found = [
    { id: "skill:docx", from: `${repository}/document-skills/docx` },
    { id: "skill:pdf", from: `${repository}/pdf` },
  ];
  const dry = await ask("artifact", "add", repository, "--dry-run");
  expect(dry).toMatchObject({ artifacts: [], found, skipped: [] });
  const text = await run("artifact", "add", repository, "--dry-run");
  expect(text.stdout).toContain(`skill:pdf   ${repository}/pdf`);
  expect(text.stderr).toContain("2 artifacts would be added");
  expect(home.manifest()).toBe(HEAD);
  expect(files(home)).toEqual([]);
  expect(await artifacts()).toEqual([]);

  expect(await save("artifact", "add", repository)).toMatchObject({
    artifacts: [{ id: "skill:docx" }, { id: "skill:pdf" }],
    found,
    skipped: [],
  });
  expect((await artifacts()).map(({ id }) => id)).toEqual(["skill:docx", "skill:pdf"]);
});

test("a .claude folder gives its skills, commands and agents, and what was added is recovered", async () => {
  const { home, save, artifacts, ask } = empty();
  home.write(".claude/skills/pdf/SKILL.md", skill("office"));
  home.write(".claude/commands/review.md", "Review it.\n");
  home.write(".claude/commands/git/tidy.md", "Tidy it.\n");
  home.write(".claude/agents/tester.md", "---\nname: The tester\n---\n");
  home.write(".claude/settings.json", "{}");
  await save("artifact", "add", home.path(".claude"));
  const added = await artifacts();
  expect(added.map(({ id }) => id).toSorted()).toEqual([
    "agent:tester",
    "command:git:tidy",
    "command:review",
    "skill:pdf",
  ]);
  expect(existsSync(home.path("collections/default/settings.json"))).toBe(false);
  await home.deleteCache();
  await ask("refresh");
  expect(await artifacts()).toEqual(added);
});

test("a link that leaves the artifact is refused, and nothing of it is copied", async () => {
  const { home, refuse, save } = empty();
  home.write("secret.txt", "secret");
  home.write("repository/good/SKILL.md", skill());
  home.write("repository/bad/SKILL.md", skill());
  symlinkSync(home.path("secret.txt"), home.path("repository/bad/notes.txt"));
  const refusal = await refuse("artifact", "add", "repository/bad");
  expect(refusal).toMatchObject({
    exitCode: 1,
    code: "refused",
    message: expect.stringContaining("a link that leaves the artifact"),
  });
  expect(files(home)).toEqual([]);
  expect(home.manifest()).toBe(HEAD);

  expect(await save("artifact", "add", "repository")).toMatchObject({
    artifacts: [{ id: "skill:good" }],
    skipped: [{ from: home.path("repository/bad"), reason: expect.stringContaining("notes.txt") }],
  });
  expect(files(home)).toEqual(["skills/good/SKILL.md"]);
});

test("an artifact that the collection has is skipped, stays as it is, and the others are added", async () => {
  const { home, run, refuse, artifacts } = empty();
  home.write("mine/pdf/SKILL.md", "Mine.\n");
  await run("artifact", "add", "mine");
  const repository = writeRepository(home);
  const { code, stdout, stderr } = await run("artifact", "add", repository);
  expect(code).toBe(0);
  expect(stdout).toContain("skill:docx");
  expect(stderr).toContain(
    `Warning: Skipped ${repository}/pdf: The collection already has skill:pdf`,
  );
  expect(stderr).toContain("Added 1 artifact");
  expect(home.read("collections/default/skills/pdf/SKILL.md")).toBe("Mine.\n");
  expect(await refuse("artifact", "add", `${repository}/pdf`)).toMatchObject({
    exitCode: 4,
    message: expect.stringContaining("skill:pdf"),
  });
  expect(await artifacts()).toHaveLength(2);
});

/** A shared collection, outside any home. */
function writeShared(home: TestHome): string {
  const text = `# shared by the team
${HEAD.replace("Mine", "Team / Tools")}${tagRow("Docs", "docs", "#123456")}${groupRow("Start", "pdf", "ghost")}`;
  home.write("shared/collection.toml", text);
  home.write("shared/skills/pdf/SKILL.md", skill("docs"));
  home.write("shared/.git/config", "[core]\n");
  return text;
}

test("a shared folder is imported with its groups, tags and artifacts, under its folder's name", async () => {
  const home = createHome();
  const text = writeShared(home);
  const { save, curation, artifacts } = createSkillmeat(home, "shared");
  const reply = await save("collection", "import", home.path("shared"));
  expect(fieldOf(reply, "collection")).toMatchObject({
    name: "shared",
    displayName: "Team / Tools",
    artifacts: 1,
    groups: 1,
    tags: 1,
  });
  expect(home.manifest("shared")).toBe(text);
  expect(readdirSync(home.path("collections/shared")).toSorted()).toEqual([
    "collection.toml",
    "skills",
  ]);
  expect(await artifacts()).toMatchObject([{ id: "skill:pdf", tags: ["docs"], groups: ["Start"] }]);
  await save("group", "add", "Start", "more");
  expect((await curation()).groups[0]?.members.map(({ ref }) => ref)).toEqual([
    "pdf",
    "ghost",
    "more",
  ]);
  expect(home.read("shared/collection.toml")).toBe(text);
});

test("a collection.toml alone is imported: the organisation comes before the artifacts do", async () => {
  const home = createHome();
  const text = writeShared(home);
  home.write("downloads/collection.toml", text);
  const { save, status, groups } = createSkillmeat(home, "mine");
  await save("collection", "import", "downloads/collection.toml", "--name", "mine");
  expect(home.manifest("mine")).toBe(text);
  expect((await status()).unresolvedMembers).toHaveLength(2);
  await save("artifact", "add", home.path("shared/skills/pdf"));
  expect((await groups())[0]?.members[0]).toEqual({ ref: "pdf", artifactId: "skill:pdf" });
});

test("what is no collection, or would take a name, is not imported, and leaves nothing behind", async () => {
  const { home, save, refuse } = empty();
  writeShared(home);
  home.write("broken/collection.toml", "[[groups\n");
  home.write("leaving/collection.toml", HEAD);
  symlinkSync(home.path("broken"), home.path("leaving/skills"));
  home.write("nothing/README.md", "");
  await save("collection", "import", "shared");
  for (const [path, exitCode] of [
    ["shared", 4],
    ["broken", 2],
    ["leaving", 2],
    ["nothing", 3],
    ["nowhere", 3],
  ] as const) {
    const refusal = await refuse("collection", "import", path);
    expect(refusal, path).toMatchObject({ exitCode, message: expect.stringContaining(path) });
    expect(refusal.hint, path).not.toBe("");
  }
  expect(await refuse("collection", "import", "shared", "--name", "DEFAULT")).toMatchObject({
    exitCode: 2,
  });
  expect(readdirSync(home.path("collections")).toSorted()).toEqual(["default", "shared"]);
});
