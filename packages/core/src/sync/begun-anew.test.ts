import { expect, test } from "vitest";
import type { Cache } from "../cache/open.ts";
import { createGroup } from "../operations/groups.ts";
import { createGitAtWork } from "./testing/git-at-work.ts";
import { groupRow, HEAD, openTestHome, type TestHome } from "./testing/test-home.ts";
import { createWriteThrough } from "./write-through.ts";

const collection = "default";
const plain = { description: "", color: "", icon: "", members: [] };

/** A home with a group that is not in its manifest yet. */
async function unwritten(): Promise<TestHome> {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  await createGroup(at.home.cache, { collection, name: "Ours", ...plain });
  return at;
}

/** Writes, while something else happens after each transaction. */
function coverWhile({ home: { cache } }: TestHome, happens: () => void) {
  const raced: Cache = {
    ...cache,
    async transaction(work) {
      const result = await cache.transaction(work);
      happens();
      return result;
    },
  };
  return createWriteThrough(raced).cover(collection);
}

test("a write that another program's save comes before is begun anew, and keeps what that saved", async () => {
  const at = await unwritten();
  let isSaved = false;
  const outcome = await coverWhile(at, () => {
    if (!isSaved) at.write(HEAD + groupRow("Theirs"));
    isSaved = true;
  });
  expect(outcome).toEqual({ saved: true, reason: null });
  expect((await at.groupNames()).toSorted()).toEqual(["Ours", "Theirs"]);
  expect(at.read()).toContain('"Ours"');
  expect(at.read()).toContain('"Theirs"');
});

test("a program that saves again and again is not written over, and the mutation is pending", async () => {
  const at = await unwritten();
  let text = HEAD;
  const outcome = await coverWhile(at, () => at.write((text += "# saved\n")));
  const reason = "another program keeps changing collection.toml";
  expect(outcome).toEqual({ saved: false, reason });
  expect(at.read()).toBe(text);
  expect(await at.status()).toMatchObject({ state: "pending", unsaved: 1, reason });
});

test("a write that git begins to work before is done when git is", async () => {
  const at = await unwritten();
  const { begin, texts } = createGitAtWork(at);
  let isBegun = false;
  const outcome = await coverWhile(at, () => {
    if (!isBegun) begin();
    isBegun = true;
  });
  expect(outcome).toEqual({ saved: true, reason: null });
  expect(texts[0]).toBe(HEAD);
  expect(at.read()).toContain('"Ours"');
});
