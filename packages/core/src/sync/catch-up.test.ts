import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { listArtifacts } from "../operations/artifacts.ts";
import { artifactListInputSchema } from "../schema/artifact.ts";
import { isCaughtUp } from "./catch-up.ts";
import { openTestHome, type TestHome } from "./testing/test-home.ts";

const collection = "default";
const TEXT = `[collection]
name = "Mine"

[[artifacts]]
name = "gone"
type = "skill"
path = "skills/gone"
tags = ["C"]

[[tag_definitions]]
name = "C"

[[groups]]
name = "A"
members = ["pdf", "gone"]
`;

let at: TestHome;

function skill(name: string, description: string): void {
  const path = join(at.folder, "skills", name, "SKILL.md");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `---\nname: ${name}\ndescription: ${description}\ntags: [office]\n---\n`);
}

/** What the cache holds of artifacts, and of how they were found. */
async function known(): Promise<unknown> {
  const { items } = await listArtifacts(
    at.home.cache,
    artifactListInputSchema.parse({ collection }),
  );
  const { problems, state } = await at.status();
  return { items, problems, state };
}

const revision = () =>
  at.home.cache.db.selectFrom("collections").selectAll().executeTakeFirstOrThrow();

beforeEach(async () => {
  at = await openTestHome(TEXT);
  skill("pdf", "Reads");
  await at.home.sync.refresh();
  // What the first reading found of the members and the words is written back, and read once more.
  await at.home.sync.refresh();
});

test("where nobody changed anything, nothing is taken over and nothing is changed", async () => {
  const before = [await known(), await revision()];
  expect(await isCaughtUp(at.home.cache, collection)).toBe(true);
  await at.home.sync.catchUp();
  await at.reopen();
  await at.home.sync.catchUp();
  expect([await known(), await revision()]).toEqual(before);
});

test.for([
  ["an artifact came", () => skill("docx", "Writes")],
  ["an artifact went", () => rmSync(join(at.folder, "skills/pdf"), { recursive: true })],
  ["an artifact says something else", () => skill("pdf", "Reads and writes")],
  ["the files of a row came", () => skill("gone", "Here again")],
  ["a file cannot be read", () => at.put("skills/broken/SKILL.md", "---\nname: [\n---\n")],
  ["the manifest was edited", () => at.write(TEXT.replace('"pdf", ', ""))],
  ["the manifest was touched", () => utimesSync(at.manifest, 1, 1)],
  ["the manifest was deleted", () => rmSync(at.manifest)],
] as const)("where %s, it comes to what a refresh comes to", async ([, change]) => {
  await at.home.close();
  change();
  await at.reopen();
  expect(await isCaughtUp(at.home.cache, collection)).toBe(false);
  await at.home.sync.catchUp();
  const caughtUp = await known();
  await at.home.sync.refresh();
  expect(caughtUp).toEqual(await known());
});

test("what is unsaved is written, and a fresh cache is recovered", async () => {
  await at.home.cache.db.updateTable("collections").set({ dirty_rev: 1_000 }).execute();
  expect(await isCaughtUp(at.home.cache, collection)).toBe(false);
  await at.home.sync.catchUp();
  expect(await revision()).toMatchObject({ dirty_rev: 1_000, written_rev: 1_000 });
  const before = await known();
  await at.reopen({ withoutCache: true });
  await at.home.sync.catchUp();
  expect(await known()).toEqual(before);
  expect(await at.groupNames()).toEqual(["A"]);
});
