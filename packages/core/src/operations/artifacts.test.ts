import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  artifactListInputSchema,
  artifactSetTagsInputSchema,
  type Artifact,
} from "../schema/artifact.ts";
import { groupCreateInputSchema } from "../schema/group.ts";
import { tagCreateInputSchema } from "../schema/tag.ts";
import { getArtifact, listArtifacts } from "./artifacts.ts";
import { createGroup } from "./groups.ts";
import { setArtifactTags } from "./set-tags.ts";
import { createTag, listTags } from "./tags.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

async function list(fields: object = {}): Promise<string[]> {
  const input = artifactListInputSchema.parse({ collection, ...fields });
  return (await listArtifacts(home.cache, input)).items.map((artifact) => artifact.id);
}

function setTags(id: string, change: { add?: string[]; remove?: string[] }): Promise<Artifact> {
  return setArtifactTags(
    home.cache,
    artifactSetTagsInputSchema.parse({ collection, id, ...change }),
  );
}

async function describeArtifact(name: string, title: string, description: string): Promise<void> {
  await home.cache.db
    .updateTable("artifacts")
    .set({ title, description })
    .where("name", "=", name)
    .execute();
}

function group(name: string, ...members: string[]) {
  return createGroup(home.cache, groupCreateInputSchema.parse({ collection, name, members }));
}

function define(name: string, slug?: string) {
  return createTag(home.cache, tagCreateInputSchema.parse({ collection, name, slug }));
}

describe("listArtifacts", () => {
  it("sorts by name, then type, and shows tags and groups", async () => {
    await home.addArtifacts(["skill:pdf", "agent:pdf", "skill:Alpha"], ["docs"]);
    await group("second", "skill:pdf");
    await group("first", "skill:pdf", "Alpha");
    await setTags("skill:pdf", { add: ["x"] });
    expect(await list()).toEqual(["skill:Alpha", "agent:pdf", "skill:pdf"]);
    const { items } = await listArtifacts(
      home.cache,
      artifactListInputSchema.parse({ collection }),
    );
    expect(items[2]).toEqual({
      id: "skill:pdf",
      type: "skill",
      name: "pdf",
      title: "pdf",
      description: "",
      tags: ["docs", "x"],
      groups: ["second", "first"],
      path: "skills/pdf",
      missing: false,
    });
  });

  it("filters by type, tag and group, together", async () => {
    await home.addArtifacts(["skill:a", "skill:b", "agent:c"]);
    await define("Server", "backend");
    await setTags("a", { add: ["backend"] });
    await setTags("c", { add: ["backend"] });
    const made = await group("G", "a", "b");
    expect(await list({ type: "skill" })).toEqual(["skill:a", "skill:b"]);
    expect(await list({ tag: "backend" })).toEqual(["skill:a", "agent:c"]);
    expect(await list({ tag: "SERVER", type: "agent" })).toEqual(["agent:c"]);
    expect(await list({ group: "g" })).toEqual(["skill:a", "skill:b"]);
    expect(await list({ group: made.id, tag: "backend" })).toEqual(["skill:a"]);
    expect(await list({ type: "prompt" })).toEqual([]);
    await expect(list({ tag: "bakend" })).rejects.toMatchObject({ code: "not-found" });
    await expect(list({ group: "H" })).rejects.toMatchObject({ code: "not-found" });
  });

  it("searches name, title, description and tags, ignoring case in every script", async () => {
    await home.addArtifacts(["skill:pdf-tools", "skill:b", "skill:c", "skill:d"]);
    await describeArtifact("b", "ÉCOLE", "grows by 100% a year");
    await describeArtifact("c", "snake_case", "1000 items");
    await define("Überblick", "overview");
    await setTags("d", { add: ["overview"] });
    expect(await list({ search: "PDF" })).toEqual(["skill:pdf-tools"]);
    expect(await list({ search: "école" })).toEqual(["skill:b"]);
    expect(await list({ search: "e\u0301cole" })).toEqual(["skill:b"]);
    expect(await list({ search: "100%" })).toEqual(["skill:b"]);
    expect(await list({ search: "e_c" })).toEqual(["skill:c"]);
    expect(await list({ search: "überb" })).toEqual(["skill:d"]);
    expect(await list({ search: "OVERV" })).toEqual(["skill:d"]);
    expect(await list({ search: "\\" })).toEqual([]);
  });

  it("pages through everything once, with and without a search", async () => {
    const names = Array.from({ length: 25 }, (_, index) => `n${String(index).padStart(2, "0")}`);
    await home.addArtifacts(names.flatMap((name) => [`skill:${name}`, `agent:${name}`]));
    for (const search of [undefined, "n"]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const input = artifactListInputSchema.parse({ collection, limit: 7, cursor, search });
        const page = await listArtifacts(home.cache, input);
        expect(page.items.length).toBeLessThanOrEqual(7);
        seen.push(...page.items.map((artifact) => artifact.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(names.flatMap((name) => [`agent:${name}`, `skill:${name}`]));
    }
    const all = await listArtifacts(
      home.cache,
      artifactListInputSchema.parse({ collection, limit: 50 }),
    );
    expect(all.nextCursor).toBeNull();
  });

  it("pages through what a search finds, also where most that looks like it is another character", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${String(index).padStart(2, "0")}`);
    await home.addArtifacts(names.map((name) => `skill:${name}`));
    const isFound = (index: number) => index % 9 === 8;
    for (const [index, name] of names.entries()) {
      // As SQLite compares, all of them hold an "e".
      await describeArtifact(name, isFound(index) ? "e" : "e\u0301", "");
    }
    for (const limit of [1, 2, 3, 50]) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const input = artifactListInputSchema.parse({ collection, limit, cursor, search: "E" });
        const page = await listArtifacts(home.cache, input);
        seen.push(...page.items.map((artifact) => artifact.name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(names.filter((_, index) => isFound(index)));
    }
  });

  it("lists by type, then name", async () => {
    await home.addArtifacts(["skill:b", "agent:z", "skill:A", "prompt:m"]);
    expect(await list({ sort: "type" })).toEqual(["agent:z", "prompt:m", "skill:A", "skill:b"]);
    expect(await list({ sort: "name" })).toEqual(["skill:A", "skill:b", "prompt:m", "agent:z"]);
    expect(await list({ sort: "type", type: "skill", search: "b" })).toEqual(["skill:b"]);
  });

  it.each(["name", "type"])("goes on where it was by %s, whatever is added", async (sort) => {
    await home.addArtifacts(["agent:b", "agent:d", "agent:f", "skill:b", "skill:d", "skill:f"]);
    const old = await list({ sort });
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
      const input = artifactListInputSchema.parse({ sort, limit: 2, cursor });
      const { items, nextCursor } = await listArtifacts(home.cache, input);
      seen.push(...items.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
      if (page > 0) continue;
      // Before, within and behind what was read, by name as well as by type.
      await home.addArtifacts(["agent:a", "skill:a", "agent:c", "command:b", "skill:e", "skill:g"]);
      await home.cache.db.deleteFrom("artifacts").where("name", "=", "d").execute();
    }
    const kept = old.filter((id, place) => place < 2 || !id.endsWith(":d"));
    expect(seen.filter((id) => kept.includes(id))).toEqual(kept);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain("skill:g");
    const now = await list({ sort });
    expect(seen.slice(2)).toEqual(now.filter((id) => seen.slice(2).includes(id)));
  });

  it("lists those that are in no group", async () => {
    await home.addArtifacts(["skill:a", "skill:b", "agent:c", "skill:d"]);
    await group("G", "a", "ghost");
    await group("H", "a", "d");
    expect(await list({ ungrouped: true })).toEqual(["skill:b", "agent:c"]);
    expect(await list({ ungrouped: true, type: "agent" })).toEqual(["agent:c"]);
    expect(await list({ ungrouped: false })).toHaveLength(4);
    const both = artifactListInputSchema.safeParse({ group: "G", ungrouped: true });
    expect(both.error?.issues[0]?.message).toContain("not for both");
  });

  it("refuses a cursor of a list in another order", async () => {
    await home.addArtifacts(["skill:a", "skill:b"]);
    const input = artifactListInputSchema.parse({ limit: 1, sort: "type" });
    const { nextCursor } = await listArtifacts(home.cache, input);
    expect(await list({ cursor: nextCursor, sort: "type" })).toEqual(["skill:b"]);
    await expect(list({ cursor: nextCursor })).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("refuses a cursor that no list gave", async () => {
    const wrong = ["", "nonsense", Buffer.from('["a"]').toString("base64url")];
    for (const cursor of wrong) {
      await expect(list({ cursor })).rejects.toMatchObject({ code: "invalid-input" });
    }
  });

  it("lists 1,000 a page", async () => {
    const ids = Array.from({ length: 1_100 }, (_, index) => `skill:s${10_000 + index}`);
    await home.addArtifacts(ids, ["t"]);
    const input = artifactListInputSchema.parse({ collection, limit: 1000 });
    const page = await listArtifacts(home.cache, input);
    expect(page.items.map((artifact) => artifact.id)).toEqual(ids.slice(0, 1000));
    expect(page.items.every((artifact) => artifact.tags[0] === "t")).toBe(true);
  });
});

describe("getArtifact", () => {
  it("takes type:name and a plain name, ignoring case; of two the skill", async () => {
    await home.addArtifacts(["command:pdf", "skill:pdf", "command:git:review"]);
    const find = async (id: string) => (await getArtifact(home.cache, { collection, id })).id;
    expect(await find("PDF")).toBe("skill:pdf");
    expect(await find("Command:Pdf.md")).toBe("command:pdf");
    expect(await find("git:review")).toBe("command:git:review");
  });

  it("says which may have been meant", async () => {
    await home.addArtifacts(["skill:release-notes"]);
    await expect(
      getArtifact(home.cache, { collection, id: "skill:relaese-notes" }),
    ).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining('did you mean "skill:release-notes"?'),
      hint: "skillmeat artifact list",
    });
  });
});

describe("setArtifactTags", () => {
  it("puts tags on and takes them off, and the artifact into the manifest", async () => {
    await home.addArtifacts(["skill:a"]);
    await define("Server", "backend");
    const tagged = await setTags("A", { add: ["server", "C++", "c++", "日本語"] });
    expect(tagged.tags).toEqual(["backend", "c-u002b-u002b", "u65e5-u672c-u8a9e"]);
    const words = await home.cache.db
      .selectFrom("artifact_tags")
      .selectAll()
      .orderBy("position")
      .execute();
    expect(words.map((row) => [row.origin, row.word])).toEqual([
      ["manifest", "backend"],
      ["manifest", "c++"],
      ["manifest", "日本語"],
    ]);
    const row = await home.cache.db.selectFrom("artifacts").selectAll().executeTakeFirstOrThrow();
    expect(row.in_manifest).toBe(1);
    const untagged = await setTags("a", { remove: ["c-u002b-u002b", "日本語"], add: ["new"] });
    expect(untagged.tags).toEqual(["backend", "new"]);
    const { items } = await listTags(home.cache, { collection });
    expect(items.map((tag) => tag.slug)).toEqual(["backend", "new"]);
  });

  it("adds nothing that the artifact carries already", async () => {
    await home.addArtifacts(["skill:a"], ["Docs"]);
    expect((await setTags("a", { add: ["docs", "DOCS"] })).tags).toEqual(["docs"]);
    const row = await home.cache.db.selectFrom("artifacts").selectAll().executeTakeFirstOrThrow();
    expect(row.in_manifest).toBe(0);
  });

  it("takes the slug of a tag that is only carried, and writes its word", async () => {
    await home.addArtifacts(["skill:a"], ["C++"]);
    await home.addArtifacts(["skill:b"]);
    expect((await setTags("b", { add: ["c-u002b-u002b"] })).tags).toEqual(["c-u002b-u002b"]);
    const words = await home.cache.db.selectFrom("artifact_tags").select("word").execute();
    expect(words).toEqual([{ word: "C++" }, { word: "C++" }]);
  });

  it("never takes off what frontmatter carries", async () => {
    await home.addArtifacts(["skill:a"], ["docs"]);
    await setTags("a", { add: ["own"] });
    await expect(setTags("a", { remove: ["own", "docs"] })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("frontmatter"),
    });
    await expect(setTags("a", { remove: ["dogs"] })).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining('did you mean "docs"?'),
    });
    await expect(setTags("a", { add: ["x"], remove: ["X"] })).rejects.toMatchObject({
      code: "invalid-input",
    });
    expect((await getArtifact(home.cache, { collection, id: "a" })).tags).toEqual(["docs", "own"]);
  });
});
