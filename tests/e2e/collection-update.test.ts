import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD, withoutUpdated } from "../support/texts.ts";

const TEXT = `# mine\n${HEAD}${groupRow("A")}`;

test("collection update: what a collection is shown as is in the file, and back after the cache is deleted", async () => {
  const home = createHome();
  home.writeCollection(TEXT, {}, "work");
  const work = createSkillmeat(home, "work");
  const reply = await work.save("collection", "update", "work", "--display-name", " At work ");
  expect(fieldOf(reply, "collection")).toMatchObject({ name: "work", displayName: "At work" });
  const expected = TEXT.replace('"Mine"', '"At work"');
  expect(withoutUpdated(home.manifest("work"))).toBe(withoutUpdated(expected));
  await home.deleteCache();
  expect(await work.ask("collection", "show")).toMatchObject({ displayName: "At work", groups: 1 });
});

test("collection update refuses what cannot be, and changes nothing", async () => {
  const home = createHome();
  home.writeCollection(TEXT);
  const own = createSkillmeat(home);
  const update = (...args: string[]) => own.refuse("collection", "update", ...args);
  expect(await update("nowhere", "--display-name", "x")).toMatchObject({
    exitCode: 3,
    code: "not-found",
  });
  expect(await update("default", "--display-name", " ")).toMatchObject({
    exitCode: 2,
    code: "invalid-input",
  });
  expect(await update("default", "--display-name", "a\nb")).toMatchObject({ exitCode: 2 });
  expect(await update("default")).toMatchObject({ exitCode: 2 });
  expect(home.manifest()).toBe(TEXT);
});

test("collection create takes what the collection is shown as", async () => {
  const home = createHome();
  const own = createSkillmeat(home);
  await own.save("collection", "create", "work", "--display-name", "At work");
  expect(home.manifest("work")).toContain('name = "At work"');
});
