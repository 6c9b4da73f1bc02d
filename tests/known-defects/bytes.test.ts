import { chmodSync, lstatSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { withoutUpdated } from "../support/texts.ts";

const MANIFEST = `# Our collection. Ask before you change it.
schema = { revision = 0x1F, ratio = 1.0 } # ours

[collection]
name = "default" # shown to people
version = "1.0.0"
updated = "2026-02-20T00:00:00"
maintainers = [
  "anne", # backend
  'bo',
]

# The tags.
[[tag_definitions]] # first
slug = "backend"
name = "Backend"
aliases = ["server"] # for another tool
color = "#3B82F6" # blue
description = "Server-side artifacts"

[[groups]]
name = "Authentication" # not Authorisation
owner = "bo" # unknown here
description = """
Two
lines"""

  color = "#10B981"
members = [
  "jwt-auth", # the first
  # on purpose nothing here
  "oauth-handler",
]
[groups.review] # a table within the group
required = true

# Belongs to another tool:
[mcp_servers.files]
command = "npx"
env.HOME = '/srv'
`;

const commentsOf = (text: string) => text.match(/# .*/g);

test("comments are not dropped", async () => {
  const home = createHome();
  home.writeCollection(MANIFEST);
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("tag", "update", "backend", "--color", "#000000");
  await skillmeat.save("tag", "create", "Frontend");
  await skillmeat.save("group", "update", "Authentication", "--color", "amber");
  await skillmeat.save("group", "add", "Authentication", "login", "--at", "1");

  expect(commentsOf(home.manifest())).toEqual(commentsOf(MANIFEST));
});

test("unknown keys are not dropped", async () => {
  const home = createHome();
  home.writeCollection(MANIFEST);
  const skillmeat = createSkillmeat(home);

  await skillmeat.save("tag", "update", "backend", "--description", "Of servers");
  await skillmeat.save("group", "update", "Authentication", "--name", "Sign-in");

  expect(parse(home.manifest())).toMatchObject({
    schema: { revision: 31, ratio: 1 },
    collection: { maintainers: ["anne", "bo"] },
    tag_definitions: [{ slug: "backend", aliases: ["server"] }],
    groups: [{ name: "Sign-in", owner: "bo", review: { required: true } }],
    mcp_servers: { files: { command: "npx", env: { HOME: "/srv" } } },
  });
  // What was asked for has changed, and no other byte has.
  const expected = MANIFEST.replace(`"Server-side artifacts"`, `"Of servers"`).replace(
    `name = "Authentication" #`,
    `name = "Sign-in" #`,
  );
  expect(withoutUpdated(home.manifest())).toBe(withoutUpdated(expected));
});

test("a symlinked manifest is not replaced", async () => {
  const home = createHome();
  home.write("shared/collection.toml", MANIFEST);
  const target = home.path("shared", "collection.toml");
  chmodSync(target, 0o640);
  home.write("collections/default/skills/pdf/SKILL.md", "---\nname: pdf\n---\n");
  const link = home.path("collections", "default", "collection.toml");
  symlinkSync("../../shared/collection.toml", link);
  const skillmeat = createSkillmeat(home);

  const created = await skillmeat.run("group", "create", "Mine", "--json");

  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readlinkSync(link)).toBe("../../shared/collection.toml");
  expect(home.read("shared/collection.toml")).toBe(MANIFEST);
  expect(statSync(target).mode & 0o7777).toBe(0o640);
  expect(created.code).toBe(0);
  expect(created.json()).toMatchObject({
    group: { name: "Mine" },
    saved: false,
    reason: expect.stringContaining("symbolic link"),
  });
  expect(created.stderr).toContain("Not saved yet");
});

test("a write does not change the manifest's mode", async () => {
  const home = createHome();
  const modes = ["600", "640", "664"];
  const fileOf = (mode: string) => home.path("collections", mode, "collection.toml");
  for (const mode of modes) {
    home.writeCollection(MANIFEST, {}, mode);
    chmodSync(fileOf(mode), mode);
  }

  await Promise.all(
    modes.map((mode) => createSkillmeat(home, mode).save("group", "create", "Mine")),
  );

  const after = modes.map((mode) => (statSync(fileOf(mode)).mode & 0o7777).toString(8));
  expect(after).toEqual(modes);
});
