import { connect } from "@skillmeat/client/node";
import { execFileSync, spawnSync } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { createSkillmeat, type Skillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

const MANIFEST = `# shared by the team
${HEAD}
[[artifacts]]
name = "pdf"
type = "skill"
tags = ["docs"]
${tagRow("Docs", "docs", "#123456")}${groupRow("Start", "pdf", "ghost")}${groupRow("Middle", "pdf")}${groupRow("End")}`;

/** A person with a clone of the team's repository, and a home that links it. */
interface Person extends Skillmeat {
  /** The manifest in the clone. */
  manifest(): string;
  /** Edits the manifest by hand. */
  edit(change: (text: string) => string): void;
  git(...args: string[]): string;
  /** Commits everything, and brings it to the others. */
  push(message: string): void;
  /** Brings what the others did. @returns whether git could merge it */
  pull(): boolean;
}

/** The team's repository, with two people who work on it. */
async function createTeam(): Promise<{ ada: Person; ben: Person }> {
  const place = createHome();
  place.write("first/collection.toml", MANIFEST);
  place.write("first/skills/pdf/SKILL.md", skill());
  run(place, "first", ["init", "--quiet", "--initial-branch=main"]);
  run(place, "first", ["add", "."]);
  run(place, "first", ["commit", "--quiet", "--message", "Begin"]);
  run(place, ".", ["clone", "--quiet", "--bare", "first", "team.git"]);
  return { ada: await createPerson(place, "ada"), ben: await createPerson(place, "ben") };
}

async function createPerson(place: TestHome, name: string): Promise<Person> {
  run(place, ".", ["clone", "--quiet", "team.git", name]);
  const home = createHome();
  await createSkillmeat(home).save("collection", "link", place.path(name), "--name", "team");
  const file = `${name}/collection.toml`;
  const git = (...args: string[]) => run(place, name, args);
  return {
    ...createSkillmeat(home, "team"),
    manifest: () => place.read(file),
    edit: (change) => place.write(file, change(place.read(file))),
    git,
    push(message) {
      git("add", ".");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      git("push", "--quiet", "origin", "main");
    },
    pull() {
      const merged = spawnSync("git", [
        "-C",
        place.path(name),
        ...PERSON,
        "pull",
        "--quiet",
        "--no-rebase",
        "--no-edit",
      ]);
      return merged.status === 0;
    },
  };
}

const PERSON = ["-c", "user.name=A", "-c", "user.email=a@example.org"];

function run(place: TestHome, folder: string, args: readonly string[]): string {
  return execFileSync("git", ["-C", place.path(folder), ...PERSON, ...args], { encoding: "utf8" });
}

test("two clones, edited by hand, command and call on both sides: git merges, then sync merge, and all is there", async () => {
  const { ada, ben } = await createTeam();
  await ada.save("group", "update", "Start", "--description", "by Ada");
  await ada.save("tag", "update", "docs", "--color", "#654321");
  ada.edit((text) => text.replace("# shared by the team", "# shared by the whole team"));
  ada.push("Describe the start");

  await ben.save("group", "create", "Last", "--member", "pdf");
  await ben.save("group", "remove", "Middle", "pdf");
  const { client, close } = await connect({ home: ben.home.root, embedded: true });
  onTestFinished(close);
  const added = await client.groups.addMembers.mutate({
    collection: "team",
    group: "End",
    members: ["pdf"],
  });
  expect(added.saved).toBe(true);
  ben.edit((text) => text.replace('name = "End"', 'name = "End"\ncolor = "rose"'));
  ben.git("add", ".");
  ben.git("commit", "--quiet", "--message", "Add a last group");
  expect(ben.pull()).toBe(true);

  const saved = { collections: [{ saved: true, conflicts: [] }] };
  expect(await ben.ask("sync", "merge")).toMatchObject(saved);
  const all = {
    groups: [
      { name: "Start", description: "by Ada", members: [{ ref: "pdf" }, { ref: "ghost" }] },
      { name: "Middle", members: [] },
      { name: "End", color: "rose", members: [{ ref: "pdf" }] },
      { name: "Last", members: [{ ref: "pdf" }] },
    ],
    tags: [{ slug: "docs", color: "#654321" }],
  };
  expect(await ben.curation()).toMatchObject(all);
  expect(ben.manifest()).toContain("# shared by the whole team");
  ben.push("Merge");
  expect(ada.pull()).toBe(true);
  expect(await ada.ask("sync", "merge")).toMatchObject(saved);
  expect(await ada.curation()).toMatchObject(all);
  expect(ada.manifest()).toBe(ben.manifest());
  expect(ada.git("status", "--short") + ben.git("status", "--short")).toBe("");
  expect(await ada.ask("sync", "resolve")).toMatchObject({ items: [] });
});

test("by default a teammate's new group is there after a refresh and after a mutation, and a value that lost is listed and in a backup", async () => {
  const { ada, ben } = await createTeam();
  await ben.groups();
  await ada.save("group", "create", "Ada's");
  await ada.save("group", "update", "Start", "--color", "rose");
  ada.push("Add mine");
  expect(ben.pull()).toBe(true);
  await ben.ask("refresh");
  expect(await ben.groupNames()).toContain("Ada's");
  expect(await ben.status()).toMatchObject({ state: "drifted" });

  await ada.save("group", "create", "Ada's second");
  ada.push("Add another");
  expect(ben.pull()).toBe(true);
  await ben.save("group", "update", "End", "--color", "blue");
  expect(await ben.groupNames()).toEqual(["Start", "Middle", "End", "Ada's", "Ada's second"]);
  const lost = await ben.ask("sync", "resolve");
  expect(lost).toMatchObject({
    items: [{ side: "file", kind: "group", name: "Start", field: "color", lost: "rose" }],
  });
  const backup = /"backup":\s*"([^"]+)"/.exec(JSON.stringify(lost))?.[1] ?? "";
  expect(ben.home.read(`backups/team/${backup}.toml`)).toContain('color = "rose"');
});

test("what git could not merge is unreadable; work goes on, and once it is mended both sides' is there", async () => {
  const { ada, ben } = await createTeam();
  await ben.groups();
  await ada.save("group", "create", "Ada's");
  ada.push("Add mine");
  await ben.save("group", "create", "Ben's");
  ben.git("commit", "--quiet", "--all", "--message", "Add mine");
  expect(ben.pull()).toBe(false);

  expect(await ben.status()).toMatchObject({ state: "unreadable" });
  const reply = await ben.ask("group", "create", "Meanwhile");
  expect(reply).toMatchObject({ saved: false, reason: expect.stringContaining("conflict") });
  expect(ben.manifest()).toContain("<<<<<<<");
  // Both added a row at the end, of which the first line is alike.
  ben.edit((text) =>
    text.replace(/^=======\n/m, "\n[[groups]]\n").replace(/^(?:<<<<<<<|>>>>>>>).*\n/gm, ""),
  );
  await ben.ask("sync", "merge");
  expect(new Set(await ben.groupNames())).toEqual(
    new Set(["Start", "Middle", "End", "Ada's", "Ben's", "Meanwhile"]),
  );
  expect(await ben.status()).toMatchObject({ state: "clean", unsaved: 0 });
  expect(ben.manifest()).toMatch(/"Ben's"[^]*"Meanwhile"|"Meanwhile"[^]*"Ben's"/);
});
