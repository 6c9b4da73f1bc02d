import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { groupCreateInputSchema } from "../schema/group.ts";
import { getArtifact, listArtifacts } from "./artifacts.ts";
import { createGroup, getGroup } from "./groups.ts";
import { addMembers } from "./members.ts";
import { removeArtifact } from "./remove-artifact.ts";
import { listTags } from "./tags.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

const at = (...parts: string[]) => join(home.root, "collections", "default", ...parts);
const remove = (id: string) => removeArtifact(home.cache, { collection, id });

async function ids(): Promise<string[]> {
  const { items } = await listArtifacts(home.cache, { collection, limit: 100 });
  return items.map(({ id }) => id);
}

/** Makes an artifact's row, as if its file had been found at the path. */
async function addAt(id: string, path: string): Promise<void> {
  await home.addArtifacts([id]);
  const name = id.slice(id.indexOf(":") + 1);
  await home.cache.db.updateTable("artifacts").set({ path }).where("name", "=", name).execute();
}

function addGroup(name: string, ...members: string[]) {
  return createGroup(home.cache, groupCreateInputSchema.parse({ name, members }));
}

function trash(): string[] {
  const folder = join(home.root, "trash", "default");
  return existsSync(folder) ? readdirSync(folder) : [];
}

test("an artifact goes to the trash as a whole, and out of its groups and tags", async () => {
  await home.addArtifacts(["skill:a", "skill:b"], ["shared"]);
  await home.addArtifacts(["skill:pdf"], ["shared", "own"]);
  home.write("collections/default/skills/pdf/SKILL.md", "Do it");
  home.write("collections/default/skills/pdf/scripts/run.sh", "run");
  await addGroup("G", "a", "pdf", "b", "ghost");
  await addGroup("H", "pdf");
  const before = await getArtifact(home.cache, { collection, id: "pdf" });

  const { artifact, trash: path } = await remove("PDF");
  expect(artifact).toEqual(before);
  expect(artifact.groups).toEqual(["G", "H"]);
  expect(path).toMatch(/trash\/default\/\d{8}T\d{9}Z-skill-pdf$/);
  expect(readFileSync(join(path ?? "", "scripts", "run.sh"), "utf8")).toBe("run");
  expect(existsSync(at("skills/pdf"))).toBe(false);
  expect(await ids()).toEqual(["skill:a", "skill:b"]);
  const { items } = await listTags(home.cache, { collection });
  expect(items.map(({ slug, artifactCount }) => [slug, artifactCount])).toEqual([["shared", 2]]);

  // The places of the members have no gap: the next one goes behind the last.
  const group = await addMembers(home.cache, { collection, group: "G", members: ["late"] });
  expect(group.members.map(({ ref }) => ref)).toEqual(["a", "b", "ghost", "late"]);
  expect((await getGroup(home.cache, { collection, group: "H" })).members).toEqual([]);
});

test("a nested name gives a name that every file system takes, with its ending", async () => {
  await addAt("command:git:re view", "commands/git/re view.md");
  home.write("collections/default/commands/git/re view.md", "text");
  const { trash: path } = await remove("git:re view");
  expect(basename(path ?? "")).toMatch(/Z-command-git-re-view\.md$/);
  await addAt(`agent:${"ü".repeat(200)}`, "agents/long.md");
  home.write("collections/default/agents/long.md", "text");
  expect((await remove("ü".repeat(200))).trash).not.toBeNull();
});

test("an artifact without files loses its row alone", async () => {
  await home.addArtifacts(["skill:pdf"]);
  await home.cache.db.updateTable("artifacts").set({ missing: 1, path: "" }).execute();
  expect(await remove("pdf")).toMatchObject({ artifact: { id: "skill:pdf" }, trash: null });
  expect(await ids()).toEqual([]);
  await home.addArtifacts(["skill:gone"]);
  expect(await remove("gone")).toMatchObject({ trash: null });
  await home.addArtifacts(["skill:last"]);
  rmSync(at(), { recursive: true });
  expect(await remove("last")).toMatchObject({ trash: null });
});

test("a link goes to the trash as a link, and what it leads to stays", async () => {
  home.write("collections/default/shared/pdf/SKILL.md", "Do it");
  mkdirSync(at("skills"));
  symlinkSync("../shared/pdf", at("skills/pdf"));
  await addAt("skill:pdf", "skills/pdf");
  expect(basename((await remove("pdf")).trash ?? "")).toMatch(/-skill-pdf$/);
  expect(existsSync(at("skills/pdf"))).toBe(false);
  expect(existsSync(at("shared/pdf/SKILL.md"))).toBe(true);
});

test("what lies outside the collection is never moved, nor is the manifest", async () => {
  home.write("elsewhere/pdf/SKILL.md", "Do it");
  symlinkSync(join(home.root, "elsewhere"), at("skills"));
  await addAt("skill:pdf", "skills/pdf");
  expect((await remove("pdf")).trash).toBeNull();
  expect(existsSync(join(home.root, "elsewhere/pdf/SKILL.md"))).toBe(true);
  for (const path of ["collection.toml", "./Collection.TOML", "../../elsewhere/pdf", ".git"]) {
    await addAt("hook:x", path);
    mkdirSync(at(".git"), { recursive: true });
    expect((await remove("x")).trash, path).toBeNull();
  }
  expect(existsSync(at("collection.toml"))).toBe(true);
  expect(existsSync(join(home.root, "elsewhere/pdf"))).toBe(true);
});

test("a folder that holds other artifacts is not moved", async () => {
  home.write("collections/default/bundle/a/SKILL.md", "Do it");
  await addAt("workflow:bundle", "bundle");
  await addAt("skill:a", "bundle/a");
  await expect(remove("bundle")).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining("skill:a"),
  });
  expect(await ids()).toEqual(["skill:a", "workflow:bundle"]);
  await remove("a");
  expect((await remove("bundle")).trash).not.toBeNull();
});

test("where the cache cannot be written the files are where they were", async () => {
  await home.addArtifacts(["skill:pdf"]);
  home.write("collections/default/skills/pdf/SKILL.md", "Do it");
  const failing = {
    ...home.cache,
    commitTogether: <T>(work: Parameters<typeof home.cache.commitTogether<T>>[0]) =>
      home.cache.commitTogether<T>(async (tx) => {
        await work(tx);
        throw new Error("disk full");
      }),
  };
  await expect(removeArtifact(failing, { collection, id: "pdf" })).rejects.toThrow("disk full");
  expect(readFileSync(at("skills/pdf/SKILL.md"), "utf8")).toBe("Do it");
  expect(trash()).toEqual([]);
  expect(await ids()).toEqual(["skill:pdf"]);
});

test("what is not there is named", async () => {
  await home.addArtifacts(["skill:pdf"]);
  await expect(remove("pfd2")).rejects.toMatchObject({ code: "not-found" });
});
