import { afterEach, beforeEach, expect, test } from "vitest";
import { artifactTagManyInputSchema } from "../schema/artifact.ts";
import { tagArtifacts } from "./set-tags.ts";
import { listTags } from "./tags.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const collection = "default";
let home: TestHome;
beforeEach(async () => {
  home = await createTestHome();
  await home.addArtifacts(["skill:a", "skill:b"], ["own"]);
  await home.addArtifacts(["command:c"]);
});
afterEach(() => home.remove());

async function tag(ids: string[], change: { add?: string[]; remove?: string[] }) {
  const input = artifactTagManyInputSchema.parse({ collection, ids, ...change });
  const artifacts = await tagArtifacts(home.cache, input);
  return artifacts.map(({ id, tags }) => `${id} ${tags.join()}`);
}

test("several artifacts get a tag and lose one, as one change", async () => {
  const before = await home.dirtyRev();
  expect(await tag(["c", "skill:a", "A"], { add: ["New", "own"] })).toEqual([
    "skill:a own,new",
    "command:c new,own",
  ]);
  expect(await home.dirtyRev()).toBe(before + 1);
  expect(await tag(["a", "b", "c"], { add: ["more"], remove: ["new"] })).toEqual([
    "skill:a own,more",
    "skill:b own,more",
    "command:c own,more",
  ]);
});

test("what one has in its frontmatter stays; a word that nobody carries any more goes", async () => {
  await tag(["c"], { add: ["own"] });
  expect(await tag(["a", "c"], { remove: ["own"] })).toEqual(["skill:a own", "command:c "]);
  await tag(["c"], { add: ["once"] });
  await tag(["c"], { remove: ["once"] });
  const { items } = await listTags(home.cache, { collection });
  expect(items.map(({ slug }) => slug)).toEqual(["own"]);
});

test("where one is not there, or a tag is in both lists, nothing is changed", async () => {
  await expect(tag(["a", "none"], { add: ["x"] })).rejects.toMatchObject({ code: "not-found" });
  await expect(tag(["a"], { add: ["x"], remove: ["X"] })).rejects.toMatchObject({
    code: "invalid-input",
  });
  const { items } = await listTags(home.cache, { collection });
  expect(items.map(({ slug }) => slug)).toEqual(["own"]);
});
