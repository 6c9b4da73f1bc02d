import type { KyselyPlugin } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { artifactListInputSchema } from "../schema/artifact.ts";
import { groupCreateInputSchema } from "../schema/group.ts";
import { tagCreateInputSchema } from "../schema/tag.ts";
import { listArtifacts } from "./artifacts.ts";
import { listCollections } from "./collections.ts";
import { createGroup, deleteGroup, listGroups, updateGroup } from "./groups.ts";
import { addMembers } from "./members.ts";
import { setArtifactTags } from "./set-tags.ts";
import { createTag, listTags } from "./tags.ts";
import { createTestHome, type TestHome } from "./testing.ts";

const MANY = 200;
const collection = "default";

/** A home with so many collections, and in its first so many groups with members, tags and artifacts. */
async function homeWith(rows: number): Promise<TestHome> {
  const home = await createTestHome();
  const numbers = Array.from({ length: rows }, (_, index) => index);
  await home.addArtifacts(
    numbers.map((n) => `skill:s${n}`),
    ["office", "draft"],
  );
  for (const n of numbers) {
    if (n > 0) await home.addCollection(`c${n}`);
    await createTag(home.cache, tagCreateInputSchema.parse({ name: `Tag ${n}` }));
    const members = [`s${n}`, "s0", "ghost"];
    await createGroup(home.cache, groupCreateInputSchema.parse({ name: `G${n}`, members }));
  }
  return home;
}

let few: TestHome;
let many: TestHome;
beforeAll(async () => {
  few = await homeWith(1);
  many = await homeWith(MANY);
});
afterAll(async () => {
  await few.remove();
  await many.remove();
});

/** Counts the statements that go through it. */
function createCounter(): { readonly plugin: KyselyPlugin; statements(): number } {
  let statements = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    // Of what is compiled once each run has a result.
    async transformResult({ result }) {
      statements += 1;
      return result;
    },
  };
  return { plugin, statements: () => statements };
}

/** How many statements a query sends to the database, and how many items it answers. */
async function count(
  cache: Cache,
  query: (cache: Cache) => Promise<{ items: unknown[] }>,
): Promise<{ statements: number; items: number }> {
  const { plugin, statements } = createCounter();
  const { items } = await query({ ...cache, db: cache.db.withPlugin(plugin) });
  return { statements: statements(), items: items.length };
}

/** How many statements a mutation sends to the database, its log among them. */
async function countOf(
  cache: Cache,
  mutation: (cache: Cache) => Promise<unknown>,
): Promise<number> {
  const { plugin, statements } = createCounter();
  const commitTogether: Cache["commitTogether"] = (work) =>
    cache.commitTogether((tx) => work(tx.withPlugin(plugin)));
  await mutation({ ...cache, commitTogether });
  return statements();
}

const artifacts = artifactListInputSchema.parse({ collection, limit: 1000 });

test.each([
  ["groups with their members", (cache: Cache) => listGroups(cache, { collection }), 0],
  ["tags with their counts", (cache: Cache) => listTags(cache, { collection }), 2],
  ["artifacts with their tags and groups", (cache: Cache) => listArtifacts(cache, artifacts), 0],
  ["collections with their counts", listCollections, 0],
])("%s take as many statements for many as for one", async (_, query, others) => {
  const ofOne = await count(few.cache, query);
  const ofMany = await count(many.cache, query);
  expect(ofOne.items).toBe(1 + others);
  expect(ofMany.items).toBe(MANY + others);
  expect(ofOne.statements).toBeGreaterThan(0);
  expect(ofMany.statements).toBe(ofOne.statements);
});

test.each([
  [
    "making a group",
    (cache: Cache) => createGroup(cache, groupCreateInputSchema.parse({ name: "New" })),
  ],
  [
    "renaming a group",
    (cache: Cache) => updateGroup(cache, { collection, group: "New", name: "Newer" }),
  ],
  [
    "adding a member",
    (cache: Cache) => addMembers(cache, { collection, group: "Newer", members: ["s0"] }),
  ],
  ["deleting a group", (cache: Cache) => deleteGroup(cache, { collection, group: "Newer" })],
  ["making a tag", (cache: Cache) => createTag(cache, tagCreateInputSchema.parse({ name: "New" }))],
  [
    "tagging an artifact",
    (cache: Cache) => setArtifactTags(cache, { collection, id: "s0", add: ["new"], remove: [] }),
  ],
])("%s takes as many statements, with its log, among many as among one", async (_, mutation) => {
  const ofOne = await countOf(few.cache, mutation);
  expect(ofOne).toBeGreaterThan(5);
  expect(ofOne).toBeLessThan(25);
  expect(await countOf(many.cache, mutation)).toBe(ofOne);
});
