import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { serve } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

const MANIFEST = `# shared by the team
${HEAD.replace("Mine", "Team / Tools")}${tagRow("Docs", "docs", "#123456")}${groupRow("Start", "pdf", "ghost", "notes")}`;

/** A clone of a team's repository, outside the home. */
function clone(): { home: TestHome; outside: TestHome; path: string } {
  const outside = createHome();
  outside.write("origin/collection.toml", MANIFEST);
  outside.write("origin/skills/pdf/SKILL.md", skill("docs"));
  git(outside, "origin", "init", "--quiet");
  git(outside, "origin", "add", ".");
  git(outside, "origin", "commit", "--quiet", "--message", "Begin");
  git(outside, ".", "clone", "--quiet", "origin", "team");
  return { home: createHome(), outside, path: outside.path("team") };
}

function git(at: TestHome, folder: string, ...args: string[]): string {
  const person = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  return execFileSync("git", ["-C", at.path(folder), ...person, ...args], { encoding: "utf8" });
}

test("a clone is linked, curated in place by a server and beside it, and git sees the changes", async () => {
  const { home, outside, path } = clone();
  const own = createSkillmeat(home, "team");
  const server = await serve(home);
  // Another process links it than the one that serves it.
  const linking = await createSkillmeat(home).run("collection", "link", path, "--embedded");
  expect(linking).toMatchObject({ code: 0, stdout: "" });
  expect(linking.stderr).toBe(
    `Linked the collection "team" in ${path}: 1 artifact, 1 group, 1 tag
2 members are missing: ghost (Start), notes (Start)
`,
  );
  expect(git(outside, "team", "status", "--short")).toBe("");
  expect(await own.artifacts()).toMatchObject([{ id: "skill:pdf", tags: ["docs"] }]);

  outside.write("new/docx/SKILL.md", skill());
  await own.save("artifact", "add", outside.path("new"));
  await own.save("group", "create", "Later", "--member", "docx");
  await own.save("group", "create", "Alone", "--embedded");
  const removed = await own.save("artifact", "remove", "skill:pdf");
  expect(fieldOf(removed, "trash")).toContain(home.path("trash", "team"));
  expect(git(outside, "team", "status", "--short", "--untracked-files=all")).toBe(
    " M collection.toml\n D skills/pdf/SKILL.md\n?? skills/docx/SKILL.md\n",
  );
  expect(outside.read("team/collection.toml")).toMatch(/# shared[^]*"Start"[^]*"Later"[^]*"Alone"/);

  // A teammate's group comes with a pull, while the server runs.
  outside.write("origin/collection.toml", `${MANIFEST}${groupRow("Theirs")}`);
  git(outside, "origin", "commit", "--quiet", "--all", "--message", "Add theirs");
  git(outside, "team", "add", ".");
  git(outside, "team", "checkout", "--quiet", "--force", "HEAD");
  git(outside, "team", "pull", "--quiet", "--ff-only");
  expect(await own.groupNames()).toContain("Theirs");
  expect(server.mutations()).toContain("artifacts.add");

  const list = await own.run("collection", "list");
  expect(list.stdout).toMatch(/LINKED TO/);
  expect(list.stdout).toContain(path);
});

test("delete only unlinks; what cannot be linked is told, and changes nothing", async () => {
  const { home, outside, path } = clone();
  const { save, refuse, run } = createSkillmeat(home);
  home.write("config.toml", "# Mine\n[links] # far\n# end\n");
  await save("collection", "link", path, "--name", "shared");
  const linked = `# Mine\n[links] # far\nshared = "${path}"\n# end\n`;
  expect(home.read("config.toml")).toBe(linked);
  symlinkSync(path, outside.path("alias"));
  expect(await refuse("collection", "link", outside.path("alias"))).toMatchObject({
    exitCode: 4,
    message: `${outside.path("alias")} is linked already, as the collection "shared"`,
    hint: "skillmeat collection show --collection shared",
  });
  outside.write("code/src/main.c", "");
  expect(await refuse("collection", "link", outside.path("code"))).toMatchObject({
    exitCode: 3,
    message: `${outside.path("code")} holds neither a collection.toml nor artifacts`,
  });
  expect(home.read("config.toml")).toBe(linked);
  expect(await refuse("collection", "delete", "shared")).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(`its files stay in ${path}`),
  });
  const { stderr } = await run("collection", "delete", "shared", "--yes");
  expect(stderr).toContain(`Unlinked the collection "shared"; its files stay in ${path}`);
  expect(home.read("config.toml")).toBe("# Mine\n[links] # far\n# end\n");
  expect(git(outside, "team", "status", "--short")).toBe("");
});

test("a link whose folder is away keeps what is done meanwhile, also without the cache", async () => {
  const { home, outside, path } = clone();
  const own = createSkillmeat(home, "team");
  await createSkillmeat(home).save("collection", "link", path);
  await own.groups();
  renameSync(path, outside.path("away"));
  expect(await own.status()).toMatchObject({ state: "missing", unsaved: 0 });
  expect(await own.ask("group", "create", "Meanwhile")).toMatchObject({
    saved: false,
    reason: expect.stringContaining("is missing"),
  });
  expect(existsSync(path)).toBe(false);
  renameSync(outside.path("away"), path);
  await own.ask("sync", "flush");
  expect(outside.read("team/collection.toml")).toContain('"Meanwhile"');
  await home.deleteCache();
  expect(await own.groupNames()).toEqual(["Start", "Meanwhile"]);
});

test("a new developer imports a clone: everything but git comes, and what is missing is told", async () => {
  const { home, path } = clone();
  const reply = await createSkillmeat(home).ask("collection", "import", path);
  expect(reply).toMatchObject({
    collection: { name: "team", linked: false, artifacts: 1, groups: 1, tags: 1 },
    saved: true,
    reason: null,
    report: {
      name: "team",
      artifacts: { found: 1, added: 1, removed: 0 },
      groups: { recovered: 1, skipped: null },
      members: { resolved: 1, unresolved: 2 },
      unresolvedMembers: [
        { group: "Start", ref: "ghost" },
        { group: "Start", ref: "notes" },
      ],
    },
  });
  expect(home.manifest("team")).toBe(MANIFEST);
  expect(readdirSync(home.path("collections/team")).toSorted()).toEqual([
    "collection.toml",
    "skills",
  ]);
});

test("settings that cannot be read are told with their line, and what is named goes on", async () => {
  const home = createHome();
  home.write("config.toml", 'external_edits = "always"\n');
  home.writeCollection(HEAD);
  expect(await createSkillmeat(home).refuse("group", "list")).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('config.toml:1:1 external_edits must be "add" or "merge"'),
    hint: expect.stringContaining(home.path("config.toml")),
  });
  expect(await createSkillmeat(home, "default").groups()).toEqual([]);
});
