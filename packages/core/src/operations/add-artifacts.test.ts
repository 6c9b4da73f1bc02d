import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { artifactAddInputSchema } from "../schema/artifact.ts";
import { groupCreateInputSchema } from "../schema/group.ts";
import { addArtifacts } from "./add-artifacts.ts";
import { createGroup, getGroup } from "./groups.ts";
import { listTags } from "./tags.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
let repository: string;
beforeEach(async () => {
  home = await createTestHome();
  repository = join(home.root, "repository");
  skill("pdf", "title: PDF tools\ndescription: Reads PDFs\ntags: [docs, C++]");
  skill("xlsx", "tags: docs");
  home.write("repository/commands/review.md", "Review it");
});
afterEach(() => home.remove());

function skill(name: string, frontmatter: string): void {
  home.write(`repository/skills/${name}/SKILL.md`, `---\n${frontmatter}\n---\nText\n`);
}

function add(paths: string[], fields: object = {}) {
  const input = artifactAddInputSchema.parse({ collection, paths, ...fields });
  return addArtifacts(home.cache, input);
}

const inCollection = (path: string) => join(home.root, "collections", "default", path);

describe("addArtifacts", () => {
  it("copies what is below a folder and gives the artifacts as a list would", async () => {
    await createGroup(home.cache, groupCreateInputSchema.parse({ name: "g", members: ["pdf"] }));
    const { artifacts, found, skipped } = await add([repository]);
    expect(skipped).toEqual([]);
    expect(artifacts.map((artifact) => artifact.id)).toEqual([
      "skill:pdf",
      "command:review",
      "skill:xlsx",
    ]);
    expect(artifacts[0]).toEqual({
      id: "skill:pdf",
      type: "skill",
      name: "pdf",
      title: "PDF tools",
      description: "Reads PDFs",
      tags: ["docs", "c-u002b-u002b"],
      groups: ["g"],
      path: "skills/pdf",
      missing: false,
    });
    expect(found).toHaveLength(3);
    expect(readFileSync(inCollection("commands/review.md"), "utf8")).toBe("Review it");
    const { members } = await getGroup(home.cache, { collection, group: "g" });
    expect(members).toEqual([{ ref: "pdf", artifactId: "skill:pdf" }]);
    const { items } = await listTags(home.cache, { collection });
    expect(items.map((tag) => [tag.slug, tag.artifactCount])).toEqual([
      ["c-u002b-u002b", 1],
      ["docs", 2],
    ]);
    const rows = await home.cache.db.selectFrom("artifacts").select("in_manifest").execute();
    expect(rows.every((row) => row.in_manifest === 1)).toBe(true);
  });

  it("copies nothing in a dry run", async () => {
    const before = await home.dirtyRev();
    const { artifacts, found } = await add([repository], { dryRun: true });
    expect(artifacts).toEqual([]);
    expect(found.map((one) => one.id).toSorted()).toEqual([
      "command:review",
      "skill:pdf",
      "skill:xlsx",
    ]);
    expect(existsSync(inCollection("skills"))).toBe(false);
    expect(await home.dirtyRev()).toBe(before);
  });

  it("skips what the collection has, and says so where that is everything", async () => {
    const pdf = join(repository, "skills", "pdf");
    await add([pdf]);
    const { artifacts, skipped } = await add([repository]);
    expect(artifacts.map((artifact) => artifact.id)).toEqual(["command:review", "skill:xlsx"]);
    expect(skipped).toEqual([{ from: pdf, reason: "The collection already has skill:pdf" }]);
    await expect(add([pdf])).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("skill:pdf"),
    });
    const dry = await add([pdf], { dryRun: true });
    expect([dry.found, dry.skipped.length]).toEqual([[], 1]);
  });

  it("takes a name and a type", async () => {
    const file = home.write("notes.md", "x");
    const { artifacts } = await add([file], { type: "agent", name: "helper" });
    expect(artifacts).toMatchObject([{ id: "agent:helper", path: "agents/helper.md" }]);
    await expect(add([file])).rejects.toMatchObject({ code: "invalid-input" });
    await expect(add([file, repository], { name: "x" })).rejects.toMatchObject({
      code: "invalid-input",
    });
  });

  it("takes a path that is named twice once, and the first of two of one id", async () => {
    const pdf = join(repository, "skills", "pdf");
    home.write("other/pdf/SKILL.md", "other");
    const other = join(home.root, "other", "pdf");
    const { artifacts, skipped } = await add([pdf, pdf, other]);
    expect(artifacts.map((artifact) => artifact.id)).toEqual(["skill:pdf"]);
    expect(skipped).toEqual([{ from: other, reason: `${pdf} gives the same skill:pdf` }]);
  });

  it("says where nothing is", async () => {
    home.write("nothing/readme.txt", "x");
    await expect(add([join(home.root, "nothing")])).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("nothing"),
    });
    await expect(add([join(home.root, "nowhere")])).rejects.toMatchObject({ code: "not-found" });
  });

  it("gives its files to an artifact that has only a row", async () => {
    await home.addArtifacts(["skill:PDF"]);
    await home.cache.db
      .updateTable("artifacts")
      .set({ missing: 1, in_manifest: 1, path: "" })
      .execute();
    await createGroup(home.cache, groupCreateInputSchema.parse({ name: "g", members: ["PDF"] }));
    const { artifacts } = await add([join(repository, "skills", "pdf")]);
    expect(artifacts).toMatchObject([{ id: "skill:pdf", missing: false, groups: ["g"] }]);
    expect(await home.cache.db.selectFrom("artifacts").select("name").execute()).toHaveLength(1);
  });

  it("never overwrites files that the cache does not know, and removes only its own copies", async () => {
    home.write("collections/default/skills/pdf/SKILL.md", "mine");
    const { artifacts, skipped } = await add([repository]);
    expect(artifacts).toHaveLength(2);
    expect(skipped).toHaveLength(1);
    expect(readFileSync(inCollection("skills/pdf/SKILL.md"), "utf8")).toBe("mine");
    await expect(add([join(repository, "skills", "pdf")])).rejects.toMatchObject({
      code: "conflict",
    });
    expect(readFileSync(inCollection("skills/pdf/SKILL.md"), "utf8")).toBe("mine");
  });

  it("gives a row to what is in its place already, as after a call that was cut short", async () => {
    cpSync(join(repository, "skills", "pdf"), inCollection("skills/pdf"), { recursive: true });
    cpSync(join(repository, "skills", "xlsx"), inCollection("skills/xlsx"), { recursive: true });
    await home.addArtifacts(["skill:xlsx"]);
    await home.cache.db
      .updateTable("artifacts")
      .set({ missing: 0, in_manifest: 0, path: "skills/xlsx" })
      .execute();
    const dry = await add([join(repository, "skills")], { dryRun: true });
    expect(dry.found.map(({ id }) => id)).toEqual(["skill:pdf", "skill:xlsx"]);
    const { artifacts, skipped } = await add([join(repository, "skills")]);
    expect(skipped).toEqual([]);
    expect(artifacts.map(({ id }) => id)).toEqual(["skill:pdf", "skill:xlsx"]);
    const rows = await home.cache.db.selectFrom("artifacts").select("in_manifest").execute();
    expect(rows).toEqual([{ in_manifest: 1 }, { in_manifest: 1 }]);
  });

  it("keeps its hands off other files under the same name that were found in the folder", async () => {
    home.write("collections/default/skills/xlsx/SKILL.md", "mine");
    await home.addArtifacts(["skill:xlsx"]);
    await home.cache.db
      .updateTable("artifacts")
      .set({ missing: 0, in_manifest: 0, path: "skills/xlsx" })
      .execute();
    const xlsx = join(repository, "skills", "xlsx");
    await expect(add([xlsx])).rejects.toMatchObject({ code: "conflict" });
    const dry = await add([xlsx], { dryRun: true });
    expect([dry.found, dry.skipped.length]).toEqual([[], 1]);
    expect(readFileSync(inCollection("skills/xlsx/SKILL.md"), "utf8")).toBe("mine");
  });

  it("brings the files of what the cache still has and the folder no more", async () => {
    const pdf = join(repository, "skills", "pdf");
    await add([pdf]);
    rmSync(inCollection("skills/pdf"), { recursive: true });
    const { artifacts } = await add([pdf]);
    expect(artifacts).toMatchObject([{ id: "skill:pdf", missing: false }]);
    expect(existsSync(inCollection("skills/pdf/SKILL.md"))).toBe(true);
  });

  it("removes the copies where another file already is the artifact", async () => {
    home.write("collections/default/hooks/lint.json", "{}");
    const hook = home.write("repository/hooks/lint.sh", "#!/bin/sh\n");
    await expect(add([hook])).rejects.toMatchObject({ code: "conflict" });
    expect(existsSync(inCollection("hooks/lint.sh"))).toBe(false);
    expect(existsSync(inCollection("hooks/lint.json"))).toBe(true);
  });

  it("does not make a collection's folder that is gone", async () => {
    rmSync(inCollection("."), { recursive: true });
    await expect(add([repository])).rejects.toMatchObject({ code: "manifest-missing" });
    expect(existsSync(inCollection("."))).toBe(false);
  });
});
