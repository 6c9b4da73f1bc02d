import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { HEAD, groupRow, skill, tagRow } from "../support/texts.ts";

/** Two tags on one artifact: `backend` stands in its frontmatter and its row, `auth` in its row. */
function writeTagged(home: TestHome): void {
  const row = `\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["backend", "auth"]\n`;
  home.writeCollection(HEAD + row + tagRow("Backend", "backend") + tagRow("Auth", "auth"), {
    "skills/pdf/SKILL.md": skill("backend"),
  });
}

test("tag rename and delete do not answer 500", async () => {
  const home = createHome();
  writeTagged(home);
  const { client } = await serve(home);
  const { section } = createSkillmeat(home);

  expect(await client.tags.update.mutate({ slug: "backend", name: "Server Side" })).toMatchObject({
    tag: { slug: "backend", name: "Server Side", artifactCount: 1 },
    saved: true,
  });
  const moved = { slug: "auth", name: "Login", newSlug: "login" };
  expect(await client.tags.update.mutate(moved)).toMatchObject({
    tag: { slug: "login", name: "Login", artifactCount: 1 },
    saved: true,
  });
  expect(section("artifacts")).toMatchObject([{ tags: ["backend", "login"] }]);
  expect(section("tag_definitions")).toMatchObject([
    { name: "Server Side", slug: "backend" },
    { name: "Login", slug: "login" },
  ]);
  expect(await client.tags.delete.mutate({ slug: "login" })).toMatchObject({
    tag: { slug: "login", artifactCount: 1 },
    stillCarriedBy: 0,
    saved: true,
  });
  expect(await client.tags.delete.mutate({ slug: "backend" })).toMatchObject({
    tag: { slug: "backend", name: "Server Side" },
    stillCarriedBy: 1,
    saved: true,
  });
  expect(section("tag_definitions")).toBeUndefined();
});

test("tag rename and delete do not fail from the command line", async () => {
  const home = createHome();
  writeTagged(home);
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("tag", "update", "auth", "--name", "Sign In", "--slug", "sign-in");
  await skillmeat.save("tag", "delete", "backend");

  expect(skillmeat.section("artifacts")).toMatchObject([{ tags: ["sign-in"] }]);
  await home.deleteCache();
  expect(await skillmeat.tags()).toMatchObject([
    { slug: "sign-in", name: "Sign In", defined: true, artifactCount: 1 },
    { slug: "backend", defined: false, artifactCount: 1 },
  ]);
});

/** Three groups; one bears the name of a procedure. */
function writeGroups(home: TestHome): void {
  const rows = ["one", "reorder", "three"].map((name) => groupRow(name, "a", "b", "c"));
  home.writeCollection(HEAD + rows.join(""));
}

test("reorder is not hidden behind a group's address", async () => {
  const home = createHome();
  writeGroups(home);
  const { client } = await serve(home);

  expect(await client.groups.reorder.mutate({ groups: ["three", "one"] })).toMatchObject({
    groups: [{ name: "three" }, { name: "one" }, { name: "reorder" }],
    saved: true,
  });
  const members = ["c", "a"];
  expect(await client.groups.reorderMembers.mutate({ group: "three", members })).toMatchObject({
    group: { name: "three", members: [{ ref: "c" }, { ref: "a" }, { ref: "b" }] },
    saved: true,
  });
  expect(await client.groups.get.query({ group: "reorder" })).toMatchObject({ position: 2 });
});

test("reorder is reachable from the command line", async () => {
  const home = createHome();
  writeGroups(home);
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("group", "reorder", "reorder", "three");
  await skillmeat.save("group", "order", "reorder", "c");

  await home.deleteCache();
  expect(await skillmeat.groupNames()).toEqual(["reorder", "three", "one"]);
  expect(await skillmeat.members("reorder")).toEqual(["c", "a", "b"]);
});

test("C, C# and C++ do not become one tag", async () => {
  const home = createHome();
  home.writeCollection(HEAD, {
    "skills/parse/SKILL.md": skill("C", "C#", "C++"),
    "skills/link/SKILL.md": skill("C++"),
  });
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("tag", "create", "C", "--description", "Plain");
  await skillmeat.save("tag", "create", "C#", "--description", "Sharp");
  await skillmeat.save("tag", "create", "C++", "--description", "Plus");

  const tags = await skillmeat.tags();
  expect(tags).toMatchObject([
    { slug: "c", name: "C", description: "Plain", artifactCount: 1 },
    { name: "C#", description: "Sharp", artifactCount: 1 },
    { name: "C++", description: "Plus", artifactCount: 2 },
  ]);
  const slugs = tags.map((tag) => tag.slug);
  expect(new Set(slugs).size).toBe(3);
  expect(await skillmeat.ask("artifact", "show", "skill:parse")).toMatchObject({ tags: slugs });
  await home.deleteCache();
  expect(await skillmeat.tags()).toEqual(tags);
});
