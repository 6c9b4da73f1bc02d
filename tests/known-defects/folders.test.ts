import { existsSync, readdirSync, renameSync } from "node:fs";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { skill } from "../support/texts.ts";
import { ensureServerHasReadNothing, tookIn } from "../support/through-server.ts";

const named = (name: string) => `[collection]\nname = "${name}"\nversion = "1.0.0"\n`;

/** A manifest with one of everything that there is to recover. */
const curated = (name: string) => `${named(name)}
[[tag_definitions]]
name = "${name} only"
slug = "only"
color = "#3B82F6"
description = "Of ${name}"

[[groups]]
name = "Group of ${name}"
members = ["pdf"]
`;

test("write-through does not look for the folder by display name", async () => {
  const home = createHome();
  home.writeCollection(named("Our Shared Skills"), {}, "team");
  // The trap: what one shows as its name is the folder of the other.
  home.writeCollection(named("team"), {}, "other");
  const team = createSkillmeat(home, "team");

  await team.save("group", "create", "Release");

  expect(team.section("groups")).toMatchObject([{ name: "Release" }]);
  expect(team.section("collection")).toMatchObject({ name: "Our Shared Skills" });
  expect(home.manifest("other")).toBe(named("team"));
  expect(readdirSync(home.path("collections")).toSorted()).toEqual(["other", "team"]);
});

test("write-through that finds no folder does not silently do nothing", async () => {
  const home = createHome();
  home.writeCollection(named("default"));
  const skillmeat = createSkillmeat(home);
  await skillmeat.ask("refresh");
  const folder = home.path("collections", "default");
  renameSync(folder, home.path("elsewhere"));

  const created = await skillmeat.run("group", "create", "Release", "--json");

  expect(created.code).toBe(0);
  expect(created.json()).toMatchObject({
    group: { name: "Release" },
    saved: false,
    reason: expect.stringContaining(`folder ${folder} is missing`),
  });
  expect(created.stderr).toContain("Not saved yet");
  expect(existsSync(folder)).toBe(false);
  renameSync(home.path("elsewhere"), folder);
  await skillmeat.ask("sync", "flush");
  expect(skillmeat.section("groups")).toMatchObject([{ name: "Release" }]);
});

test("a mutation before the first refresh does not wipe the file's groups", async () => {
  const home = createHome();
  home.writeCollection(curated("default"));
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("group", "create", "Mine");

  expect(skillmeat.section("groups")).toMatchObject([
    { name: "Group of default", members: ["pdf"] },
    { name: "Mine" },
  ]);
  expect(skillmeat.section("tag_definitions")).toMatchObject([{ description: "Of default" }]);
  expect(await skillmeat.groupNames()).toEqual(["Group of default", "Mine"]);
});

test("collections other than the default are recovered", async () => {
  const home = createHome();
  const folders = ["another", "default", "team"];
  for (const folder of folders) {
    const files = { "skills/pdf/SKILL.md": skill() };
    home.writeCollection(curated(`the ${folder}`), files, folder);
  }
  await createSkillmeat(home).ask("refresh");
  await home.deleteCache();
  await ensureServerHasReadNothing(home);

  expect(await createSkillmeat(home).ask("refresh")).toMatchObject({
    collections: folders.map((name) => ({
      name,
      tags: tookIn({ recovered: 1, skipped: null }),
      groups: tookIn({ recovered: 1, skipped: null }),
      members: { resolved: 1, unresolved: 0 },
    })),
  });
  expect(await createSkillmeat(home, "team").curation()).toMatchObject({
    groups: [{ name: "Group of the team", members: [{ artifactId: "skill:pdf" }] }],
    tags: [{ slug: "only", color: "#3B82F6", description: "Of the team", defined: true }],
  });
});

test("collections other than the default are recovered by a server that starts", async () => {
  const home = createHome();
  home.writeCollection(curated("default"));
  home.writeCollection(curated("Our Shared Skills"), {}, "team");

  const { client } = await serve(home);

  expect(await client.groups.list.query({ collection: "team" })).toMatchObject({
    items: [{ name: "Group of Our Shared Skills" }],
  });
  expect(await client.sync.status.query()).toMatchObject({
    collections: [
      { name: "default", state: "clean" },
      { name: "team", state: "clean" },
    ],
  });
});
