import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { ensureServerHasReadNothing, killServer, tookIn } from "../support/through-server.ts";
import { createSkillmeat, withoutId, type Skillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";

const COLLECTIONS: [string, string | undefined][] = [
  ["the default collection", undefined],
  ["a second collection, whose display name is unlike its folder", "team-tools"],
];

/** Curates a collection by commands alone. */
async function curate(home: TestHome, collection: string | undefined): Promise<Skillmeat> {
  home.writeCollection(HEAD.replace("Mine", "../Team / Tools"), {}, collection);
  home.write("repository/skills/pdf/SKILL.md", skill("docs", "C++"));
  home.write("repository/skills/review/SKILL.md", skill());
  home.write("repository/commands/review.md", "Review it.\n");
  home.write("repository/commands/git/tidy.md", "Tidy it.\n");
  const skillmeat = createSkillmeat(home, collection);
  const { save } = skillmeat;
  await save("artifact", "add", home.path("repository"));
  await save("tag", "create", "C++", "--color", "#3B82F6", "--description", 'Fast, "sharp"');
  await save("tag", "create", "日本語", "--color", "#abc", "--description", "一行目\n二行目");
  await save("tag", "create", "empty");
  await save("artifact", "tag", "skill:review", "日本語", "loose");
  const auth = ["--description", "Sign-in\nand out", "--color", "#10B981", "--icon", "shield"];
  await save("group", "create", "Auth", ...auth, "--member", "command:review", "--member", "ghost");
  await save("group", "add", "Auth", "git:tidy", "skill:review", "pdf", "--at", "1");
  await save("group", "order", "Auth", "pdf", "ghost");
  await save("group", "create", "Zwölf", "--color", "amber", "--member", "PDF");
  await save("group", "create", "Empty", "--position", "0");
  return skillmeat;
}

const DELETIONS: [string, (home: TestHome) => Promise<void>][] = [
  [
    "cache.db",
    async (home) => {
      await killServer(home.root);
      home.remove("cache/cache.db");
    },
  ],
  ["the whole cache folder", async (home) => home.deleteCache()],
  [
    "cache.db alone of what a killed process left",
    async (home) => {
      await killServer(home.root);
      const server = await serve(home);
      await createSkillmeat(home).ask("collection", "create", "made-last");
      await server.stop("SIGKILL");
      home.remove("cache/cache.db");
      expect(readdirSync(home.path("cache")).toSorted()).toEqual(["cache.db-shm", "cache.db-wal"]);
    },
  ],
];

describe.each(COLLECTIONS)("%s", (_, collection) => {
  test("after the cache is deleted and refreshed, all is identical but the groups' ids, and no file was written", async () => {
    const home = createHome();
    const skillmeat = await curate(home, collection);
    const all = async () => {
      const [groups, tags, artifacts] = await Promise.all([
        skillmeat.groups(),
        skillmeat.tags(),
        skillmeat.artifacts(),
      ]);
      return { ids: groups.map(({ id }) => id), shown: [groups.map(withoutId), tags, artifacts] };
    };
    let before = await all();
    expect(before.shown[0]).toMatchObject([
      { name: "Empty" },
      {
        name: "Auth",
        members: [
          { ref: "pdf", artifactId: "skill:pdf" },
          { ref: "ghost", artifactId: null },
          { ref: "command:review", artifactId: "command:review" },
          { ref: "git:tidy", artifactId: "command:git:tidy" },
          { ref: "skill:review", artifactId: "skill:review" },
        ],
      },
      { name: "Zwölf" },
    ]);
    const manifest = home.manifest(collection);

    for (const [what, deleteIt] of DELETIONS) {
      await deleteIt(home);
      await skillmeat.ask("refresh");
      const after = await all();
      expect(after.shown, what).toEqual(before.shown);
      for (const id of after.ids) expect(before.ids).not.toContain(id);
      expect(home.manifest(collection), what).toBe(manifest);
      expect(await skillmeat.status()).toMatchObject({ state: "clean", unsaved: 0 });
      before = after;
    }
  });

  test("a mutation as the very first act after the reset loses nothing", async () => {
    const home = createHome();
    const text = HEAD + tagRow("T", "t", "#123") + groupRow("B", "x", "pdf") + groupRow("A");
    home.writeCollection(text, { "skills/pdf/SKILL.md": skill() }, collection);
    const { save, curation } = createSkillmeat(home, collection);
    const before = await curation();
    await home.deleteCache();
    await save("group", "create", "First act");
    await home.deleteCache();
    await save("tag", "update", "t", "--description", "changed");
    await home.deleteCache();
    await save("artifact", "tag", "pdf", "t");
    await home.deleteCache();
    const after = await curation();
    expect(after.groups.slice(0, -1)).toEqual(before.groups);
    expect(after.groups.at(-1)?.name).toBe("First act");
    expect(after.tags).toEqual([{ ...before.tags[0], description: "changed", artifactCount: 1 }]);
  });

  test("an old manifest, with neither groups nor tag definitions, is read, used and recovered", async () => {
    const old = `[collection]
name = "default"
version = "1.0.0"
created = "2025-01-02T03:04:05.678901"
updated = "2025-11-22T06:32:52.277864"

[[artifacts]]
name = "canvas"
type = "skill"
path = "skills/canvas/"
tags = [
    "design",
    "日本語",
]
uuid = "a1b2"

[artifacts.metadata]
title = "Canvas \\"Design\\""

[artifacts.metadata.extra]
c = true

[[artifacts]]
name = "review"
type = "command"
path = "commands/review.md"
`;
    const home = createHome();
    home.writeCollection(old, { "skills/canvas/SKILL.md": skill("ui") }, collection);
    const { ask, save, curation, tags, artifacts } = createSkillmeat(home, collection);
    expect(await ask("refresh")).toMatchObject({
      collections: [
        {
          tags: { recovered: 0, skipped: "nothing-in-manifest" },
          groups: { recovered: 0, skipped: "nothing-in-manifest" },
        },
      ],
    });
    expect(await artifacts()).toMatchObject([
      { id: "skill:canvas", tags: ["ui", "design", expect.any(String)], missing: false },
      { id: "command:review", missing: true },
    ]);
    expect((await tags()).map(({ name }) => name).toSorted()).toEqual(["design", "ui", "日本語"]);
    expect(home.manifest(collection)).toBe(old);

    await save("group", "create", "Look", "--member", "canvas");
    await save("tag", "update", "design", "--color", "#123");
    const before = await curation();
    const kept = old.slice(old.indexOf("\n[[artifacts]]"));
    expect(home.manifest(collection)).toContain(kept);
    await home.deleteCache();
    expect(await curation()).toEqual(before);
  });
});

test("every collection is recovered by one refresh", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A") + tagRow("T", "t"), {}, "one");
  home.writeCollection(HEAD + groupRow("B", "x") + groupRow("C"), {}, "a b");
  home.writeCollection("", {}, "three");
  await ensureServerHasReadNothing(home);
  const { ask } = createSkillmeat(home);
  expect(await ask("refresh")).toMatchObject({
    collections: [
      { name: "a b", groups: tookIn({ recovered: 2 }), tags: { recovered: 0 } },
      { name: "one", groups: tookIn({ recovered: 1 }), tags: tookIn({ recovered: 1 }) },
      { name: "three", groups: { recovered: 0, skipped: "manifest-missing" } },
    ],
  });
  await home.deleteCache();
  expect(await ask("collection", "list")).toMatchObject({
    items: [
      { name: "a b", displayName: "Mine", groups: 2, tags: 0 },
      { name: "one", groups: 1, tags: 1 },
      { name: "three", groups: 0 },
    ],
  });
});

test("a member without an artifact is kept and warned about, and resolves once the artifact appears", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A", "x", "ghost", "y"));
  const { ask, run, save, status, members, groups } = createSkillmeat(home);
  expect(await ask("refresh")).toMatchObject({
    collections: [{ members: { resolved: 0, unresolved: 3 } }],
  });
  const created = await run("group", "create", "B", "--member", "Ghost");
  expect(created.stderr).toContain('No artifact answers to "Ghost"; the member is kept as missing');
  expect((await status()).unresolvedMembers).toContainEqual({ group: "A", ref: "ghost" });
  expect((await run("group", "list")).stdout).toContain("3 (3 missing)");
  expect((await run("status")).stdout).toMatch(/MISSING MEMBER[^]*ghost/);
  await save("group", "add", "A", "last");
  await home.deleteCache();
  expect(await members("A")).toEqual(["x", "ghost", "y", "last"]);

  home.write("ghost/SKILL.md", skill());
  await save("artifact", "add", home.path("ghost"));
  expect((await groups()).map((group) => group.members)).toEqual([
    ["x", "ghost", "y", "last"].map((ref) => ({
      ref,
      artifactId: ref === "ghost" ? "skill:ghost" : null,
    })),
    [{ ref: expect.stringMatching(/^ghost$/i), artifactId: "skill:ghost" }],
  ]);
});

test("a cache with groups is not overwritten by a refresh, and neither is the file", async () => {
  const home = createHome();
  home.writeCollection(HEAD + groupRow("A", "x") + tagRow("T", "t", "#111"));
  const { ask, curation } = createSkillmeat(home);
  const before = await curation();
  const edited = HEAD + groupRow("A", "by-hand") + tagRow("T", "t", "#222");
  home.writeCollection(edited);
  for (let times = 0; times < 2; times += 1) {
    expect(await ask("refresh")).toMatchObject({
      collections: [
        {
          groups: { recovered: 0, skipped: "cache-authoritative" },
          tags: { recovered: 0, skipped: "cache-authoritative" },
        },
      ],
    });
    expect(await curation()).toEqual(before);
    expect(home.manifest()).toBe(edited);
  }
});

test("a refresh is idempotent", async () => {
  const home = createHome();
  const text = HEAD + tagRow("T", "t", "#123") + groupRow("B", "x", "pdf") + groupRow("A");
  home.writeCollection(text, { "skills/pdf/SKILL.md": skill("loose") });
  const { ask, groups, tags, artifacts } = createSkillmeat(home);
  const all = () => Promise.all([groups(), tags(), artifacts()]);
  const before = await all();
  const first = await ask("refresh");
  expect(first).toMatchObject({ collections: [{ artifacts: { found: 1, added: 0, removed: 0 } }] });
  expect(await ask("refresh")).toEqual(first);
  expect(await all()).toEqual(before);
  expect(home.manifest()).toBe(text);
});
