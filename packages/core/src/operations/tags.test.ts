import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { artifactSetTagsInputSchema } from "../schema/artifact.ts";
import { tagCreateInputSchema, tagUpdateInputSchema, type Tag } from "../schema/tag.ts";
import { getArtifact } from "./artifacts.ts";
import { setArtifactTags } from "./set-tags.ts";
import { createTag, deleteTag, getTag, listTags, updateTag } from "./tags.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
});
afterEach(() => home.remove());

function create(name: string, fields: object = {}): Promise<Tag> {
  return createTag(home.cache, tagCreateInputSchema.parse({ collection, name, ...fields }));
}

function update(slug: string, fields: object): Promise<Tag> {
  return updateTag(home.cache, tagUpdateInputSchema.parse({ collection, slug, ...fields }));
}

async function assign(id: string, ...add: string[]): Promise<string[]> {
  const input = artifactSetTagsInputSchema.parse({ collection, id, add });
  return (await setArtifactTags(home.cache, input)).tags;
}

async function slugs(): Promise<string[]> {
  return (await listTags(home.cache, { collection })).items.map((tag) => tag.slug);
}

async function tagsOf(id: string): Promise<string[]> {
  return (await getArtifact(home.cache, { collection, id })).tags;
}

async function wordsOf(slug: string): Promise<string[]> {
  const rows = await home.cache.db
    .selectFrom("artifact_tags")
    .select("word")
    .where("slug", "=", slug)
    .execute();
  return rows.map((row) => row.word);
}

describe("createTag", () => {
  it("makes the slug of the name, and keeps every field", async () => {
    expect(await create("Code Review", { color: "#3B82F6", description: "d" })).toEqual({
      slug: "code-review",
      name: "Code Review",
      color: "#3B82F6",
      description: "d",
      defined: true,
      artifactCount: 0,
    });
    expect(await home.dirtyRev()).toBe(1);
  });

  it("keeps C, C#, C++ and 日本語 apart", async () => {
    const names = ["C", "C#", "C++", "日本語"];
    for (const name of names) await create(name);
    const { items } = await listTags(home.cache, { collection });
    expect(items.map((tag) => tag.name)).toEqual(names);
    expect(new Set(items.map((tag) => tag.slug)).size).toBe(4);
  });

  it("refuses a name or a slug that a defined tag has", async () => {
    await create("Backend");
    await expect(create("BACKEND", { slug: "other" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining('"Backend"'),
      hint: "skillmeat tag show backend",
    });
    await expect(create("Server", { slug: "backend" })).rejects.toMatchObject({ code: "conflict" });
    expect(await slugs()).toEqual(["backend"]);
  });

  it("defines a tag that artifacts carry, and keeps them", async () => {
    await home.addArtifacts(["skill:a", "skill:b"], ["backend"]);
    await assign("a", "extra");
    expect(await getTag(home.cache, { collection, slug: "backend" })).toMatchObject({
      defined: false,
      artifactCount: 2,
    });
    expect(await create("Backend", { color: "#fff" })).toMatchObject({
      slug: "backend",
      name: "Backend",
      color: "#fff",
      defined: true,
      artifactCount: 2,
    });
    expect(await create("extra")).toMatchObject({ artifactCount: 1, defined: true });
  });

  it("draws the words of its name to another slug", async () => {
    await home.addArtifacts(["skill:a"], ["C++", "cpp"]);
    await home.addArtifacts(["skill:b"]);
    await assign("b", "c++");
    expect(await create("C++", { slug: "cpp" })).toMatchObject({ slug: "cpp", artifactCount: 2 });
    expect(await slugs()).toEqual(["cpp"]);
    expect(await tagsOf("a")).toEqual(["cpp"]);
  });

  it("refuses a name that already means another defined tag", async () => {
    await create("Server", { slug: "backend" });
    await home.addArtifacts(["skill:a"], ["backend"]);
    await expect(create("Backend", { slug: "be" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("skill:a"),
    });
    expect(await slugs()).toEqual(["backend"]);
  });

  it("rewords our own assignments where its name is another tag's slug", async () => {
    await create("Server", { slug: "backend" });
    await home.addArtifacts(["skill:a"]);
    await assign("a", "backend");
    expect(await wordsOf("backend")).toEqual(["backend"]);
    await create("Backend", { slug: "be" });
    expect(await wordsOf("backend")).toEqual(["Server"]);
    expect(await tagsOf("a")).toEqual(["backend"]);
  });
});

describe("listTags", () => {
  it("lists the defined ones in order, then the others by name", async () => {
    await home.addArtifacts(["skill:a"], ["zeta", "beta"]);
    for (const name of ["z", "m", "a"]) await create(name);
    expect(await slugs()).toEqual(["z", "m", "a", "beta", "zeta"]);
    await deleteTag(home.cache, { collection, slug: "m" });
    await create("k");
    expect(await slugs()).toEqual(["z", "a", "k", "beta", "zeta"]);
  });

  it("counts each artifact once, and those of its own collection alone", async () => {
    await home.addArtifacts(["skill:a"], ["x"]);
    await assign("a", "y");
    await home.addCollection("other");
    const { items } = await listTags(home.cache, { collection });
    expect(items.map((tag) => [tag.slug, tag.artifactCount])).toEqual([
      ["x", 1],
      ["y", 1],
    ]);
    expect((await listTags(home.cache, { collection: "other" })).items).toEqual([]);
  });
});

it("finds a tag by slug, then by name, and guesses", async () => {
  await create("Server", { slug: "backend" });
  await create("Backend", { slug: "be" });
  expect(await getTag(home.cache, { collection, slug: "backend" })).toMatchObject({
    name: "Server",
  });
  expect(await getTag(home.cache, { collection, slug: "BACKEND" })).toMatchObject({ slug: "be" });
  await expect(getTag(home.cache, { collection, slug: "bakend" })).rejects.toMatchObject({
    code: "not-found",
    message: expect.stringContaining('did you mean "backend"?'),
    hint: "skillmeat tag list",
  });
});

describe("updateTag", () => {
  it("renames without a new slug, and keeps what is not given", async () => {
    await create("Backend", { color: "#fff", description: "d" });
    await home.addArtifacts(["skill:a"], ["backend"]);
    expect(await update("backend", { name: "Server side" })).toEqual({
      slug: "backend",
      name: "Server side",
      color: "#fff",
      description: "d",
      defined: true,
      artifactCount: 1,
    });
    expect(await update("server side", { color: "", description: "" })).toMatchObject({
      name: "Server side",
      color: "",
      description: "",
    });
  });

  it("refuses a rename that would take the tag from frontmatter", async () => {
    await create("C++", { slug: "cpp" });
    await home.addArtifacts(["skill:a"], ["c++"]);
    await expect(update("cpp", { name: "Cxx" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("skill:a"),
      hint: expect.stringContaining('"cpp"'),
    });
    expect(await update("cpp", { name: "c++" })).toMatchObject({ name: "c++", artifactCount: 1 });
  });

  it("rewords our own assignments by its old name", async () => {
    await home.addArtifacts(["skill:a"]);
    await assign("a", "C++");
    await create("C++", { slug: "cpp" });
    expect(await wordsOf("cpp")).toEqual(["C++"]);
    await update("cpp", { name: "Cxx" });
    expect(await wordsOf("cpp")).toEqual(["cpp"]);
    expect(await tagsOf("a")).toEqual(["cpp"]);
  });

  it("refuses names and slugs that other tags have, defined or not", async () => {
    await create("one");
    await create("two");
    await home.addArtifacts(["skill:a"], ["three"]);
    await expect(update("two", { name: "ONE" })).rejects.toMatchObject({ code: "conflict" });
    await expect(update("two", { name: "Three" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("skill:a"),
    });
    await expect(update("two", { newSlug: "one" })).rejects.toMatchObject({ code: "conflict" });
    await expect(update("two", { newSlug: "three" })).rejects.toMatchObject({ code: "conflict" });
    await expect(update("four", { name: "x" })).rejects.toMatchObject({ code: "not-found" });
    expect(await slugs()).toEqual(["one", "two", "three"]);
  });

  it("takes our assignments to a new slug", async () => {
    await create("Backend");
    await home.addArtifacts(["skill:a", "skill:b"]);
    await assign("a", "backend");
    await assign("b", "Backend");
    expect(await update("backend", { newSlug: "server" })).toMatchObject({
      slug: "server",
      name: "Backend",
      artifactCount: 2,
    });
    expect(await wordsOf("server")).toEqual(["server", "server"]);
    expect(await slugs()).toEqual(["server"]);
  });

  it("refuses a new slug while frontmatter carries the tag", async () => {
    await create("Backend");
    await home.addArtifacts(["skill:a"], ["backend"]);
    await expect(update("backend", { newSlug: "server" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("skill:a"),
    });
    expect(await update("backend", { newSlug: "backend" })).toMatchObject({ slug: "backend" });
  });

  it("defines a tag that was only carried, last", async () => {
    await home.addArtifacts(["skill:a"], ["carried"]);
    await create("one");
    expect(await update("carried", { color: "#abc" })).toMatchObject({
      defined: true,
      name: "carried",
      artifactCount: 1,
    });
    expect(await slugs()).toEqual(["one", "carried"]);
  });
});

describe("deleteTag", () => {
  it("removes the definition and our assignments", async () => {
    await create("Backend");
    await home.addArtifacts(["skill:a", "skill:b"]);
    await assign("a", "backend");
    const { tag, stillCarriedBy } = await deleteTag(home.cache, { collection, slug: "Backend" });
    expect(tag).toMatchObject({ slug: "backend", artifactCount: 1, defined: true });
    expect(stillCarriedBy).toBe(0);
    expect(await slugs()).toEqual([]);
    expect(await tagsOf("a")).toEqual([]);
  });

  it("leaves what frontmatter carries, under the slug of the word, and says how many", async () => {
    await create("C++", { slug: "cpp" });
    await home.addArtifacts(["skill:a"], ["c++", "other"]);
    await home.addArtifacts(["skill:b"], ["cpp"]);
    await home.addArtifacts(["skill:c"]);
    await assign("c", "cpp");
    const { stillCarriedBy } = await deleteTag(home.cache, { collection, slug: "cpp" });
    expect(stillCarriedBy).toBe(2);
    expect(await tagsOf("a")).toEqual(["c-u002b-u002b", "other"]);
    expect(await tagsOf("b")).toEqual(["cpp"]);
    expect(await tagsOf("c")).toEqual([]);
    const left = (await listTags(home.cache, { collection })).items;
    expect(left.every((tag) => !tag.defined)).toBe(true);
    expect(left.map((tag) => tag.slug)).toEqual(["c-u002b-u002b", "cpp", "other"]);
  });

  it("parts words again that meant one tag by its definition alone", async () => {
    await home.addArtifacts(["skill:a"], ["C++", "cpp", "x"]);
    await create("C++", { slug: "cpp" });
    expect(await tagsOf("a")).toEqual(["cpp", "x"]);
    expect(await deleteTag(home.cache, { collection, slug: "cpp" })).toMatchObject({
      stillCarriedBy: 1,
    });
    expect(await tagsOf("a")).toEqual(["c-u002b-u002b", "cpp", "x"]);
  });

  it("refuses a tag of which nothing is ours", async () => {
    await home.addArtifacts(["skill:a"], ["theirs"]);
    await expect(deleteTag(home.cache, { collection, slug: "theirs" })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("skill:a"),
    });
    await assign("a", "ours");
    expect(await deleteTag(home.cache, { collection, slug: "ours" })).toMatchObject({
      stillCarriedBy: 0,
    });
    await expect(deleteTag(home.cache, { collection, slug: "nope" })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
