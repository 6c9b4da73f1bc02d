import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { HEAD, groupRow, skill, tagRow } from "../support/texts.ts";
import { ensureServerHasReadNothing, tookIn } from "../support/through-server.ts";

test("members that do not resolve are neither dropped nor deleted from the file", async () => {
  const home = createHome();
  const members = ["absent-first", "pdf", "agent:absent", "Absent Last"];
  home.writeCollection(HEAD + groupRow("Documents", ...members), {
    "skills/pdf/SKILL.md": skill(),
  });
  const skillmeat = createSkillmeat(home);
  const shown = async () => (await skillmeat.groups()).flatMap((group) => group.members);

  expect(await shown()).toEqual([
    { ref: "absent-first", artifactId: null },
    { ref: "pdf", artifactId: "skill:pdf" },
    { ref: "agent:absent", artifactId: null },
    { ref: "Absent Last", artifactId: null },
  ]);
  // A write elsewhere in the file, one of the group, and one of its members.
  await skillmeat.save("tag", "create", "Unrelated");
  expect(skillmeat.section("groups")).toMatchObject([{ members }]);
  await skillmeat.save("group", "update", "Documents", "--description", "To read");
  expect(skillmeat.section("groups")).toMatchObject([{ description: "To read", members }]);
  await skillmeat.save("group", "add", "Documents", "yet-another");
  expect(skillmeat.section("groups")).toMatchObject([{ members: [...members, "yet-another"] }]);

  home.write("collections/default/skills/absent-first/SKILL.md", skill());
  await skillmeat.ask("refresh");
  expect(await shown()).toMatchObject([
    { ref: "absent-first", artifactId: "skill:absent-first" },
    { ref: "pdf", artifactId: "skill:pdf" },
    { artifactId: null },
    { artifactId: null },
    { artifactId: null },
  ]);
});

test("one bad group does not roll back the good ones before it", async () => {
  const home = createHome();
  const nameless = `\n[[groups]] # whose?\ndescription = "Nobody's"\nmembers = ["pdf"]\n`;
  home.writeCollection(
    HEAD +
      groupRow("First", "one") +
      groupRow("Second") +
      nameless +
      groupRow("FIRST", "two") +
      groupRow("Last"),
  );
  await ensureServerHasReadNothing(home);
  const skillmeat = createSkillmeat(home);

  expect(await skillmeat.ask("refresh")).toMatchObject({
    collections: [
      {
        groups: tookIn({ recovered: 4, skipped: null }),
        problems: [
          { file: "collection.toml", line: 15, message: expect.stringContaining("without a name") },
          { file: "collection.toml", line: 19, message: expect.stringContaining("stands twice") },
        ],
      },
    ],
  });
  expect(await skillmeat.groupNames()).toEqual(["First", "Second", "FIRST (2)", "Last"]);
  await skillmeat.save("group", "create", "New");
  expect(home.manifest()).toContain(nameless);
  expect(skillmeat.section("groups")).toMatchObject([
    { name: "First", members: ["one"] },
    { name: "Second" },
    { description: "Nobody's" },
    { name: "FIRST (2)", members: ["two"] },
    { name: "Last" },
    { name: "New" },
  ]);
});

test("one malformed row does not make the whole file unreadable", async () => {
  const home = createHome();
  const malformed = [
    `[[artifacts]]\nname = 7\ntype = "skill"\n`,
    `[[artifacts]]\nname = "typeless"\n`,
    `[[tag_definitions]]\ncolor = "#3B82F6"\n`,
    `[[tag_definitions]]\nname = "Numbered"\nslug = "numbered"\ncolor = 3\ndescription = ["a"]\n`,
    `[[groups]]\nname = "Odd"\ncolor = "no color"\nicon = true\nposition = 1.5\nmembers = "pdf"\n`,
    `[[groups]]\nname = ["no text"]\n`,
  ];
  const artifact = `\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["good", 5, "numbered"]\n`;
  const group = `\n[[groups]]\nname = "Good"\nmembers = ["pdf", { nested = true }]\n`;
  home.writeCollection(
    [HEAD, ...malformed].join("\n") + artifact + tagRow("Good", "good", "#10B981") + group,
  );
  const skillmeat = createSkillmeat(home);

  expect(await skillmeat.status()).toMatchObject({ state: "clean" });
  expect(await skillmeat.curation()).toMatchObject({
    groups: [
      { name: "Odd", color: "", icon: "", members: [] },
      { name: "Good", members: [{ ref: "pdf", artifactId: "skill:pdf" }] },
    ],
    tags: [
      { slug: "numbered", name: "Numbered", color: "", description: "", artifactCount: 1 },
      { slug: "good", color: "#10B981", artifactCount: 1 },
    ],
  });
  await skillmeat.save("group", "add", "Good", "agent:reviewer");
  for (const row of malformed) expect(home.manifest()).toContain(row);
  expect(home.manifest()).toContain(artifact);
  expect(home.manifest()).toContain(`members = ["pdf", { nested = true }, "agent:reviewer"]`);
});

test("a row that is no table does not make the whole file unreadable", async () => {
  const home = createHome();
  home.writeCollection(`groups = ["stray", { name = "Good", members = ["pdf"] }]\n${HEAD}`);
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("group", "create", "New");

  expect(await skillmeat.groupNames()).toEqual(["Good", "New"]);
  expect(skillmeat.section("groups")).toMatchObject([
    "stray",
    { name: "Good", members: ["pdf"] },
    { name: "New" },
  ]);
});

test("tag descriptions are not written empty", async () => {
  const home = createHome();
  home.writeCollection(`${HEAD}${tagRow("Kept", "kept")}description = "From the file"\n`);
  const skillmeat = createSkillmeat(home);
  const text = `Made here: "é" \\ 日本語`;

  await skillmeat.save("tag", "create", "New", "--description", text, "--color", "#10B981");
  await skillmeat.save("tag", "create", "Later");
  await skillmeat.save("tag", "update", "later", "--description", "Added afterwards");

  const described = [
    { slug: "kept", description: "From the file" },
    { slug: "new", color: "#10B981", description: text },
    { slug: "later", description: "Added afterwards" },
  ];
  expect(skillmeat.section("tag_definitions")).toMatchObject(described);
  await home.deleteCache();
  expect(await skillmeat.tags()).toMatchObject(described);
});
