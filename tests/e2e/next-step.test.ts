import { expect, test } from "vitest";
import { run } from "../support/cli.ts";
import { createHome } from "../support/home.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { HEAD, groupRow, tagRow } from "../support/texts.ts";

/** A home with the collections "default", which is empty, "Work" and "archive". */
function setUp() {
  const home = createHome();
  home.writeCollection(HEAD);
  home.writeCollection(HEAD + groupRow("Auth") + tagRow("Office", "office"), {}, "Work");
  home.writeCollection(HEAD, {}, "archive");
  return home;
}

test("a collection that is not there is told with the one that was probably meant, else with all", async () => {
  const home = setUp();
  expect(await createSkillmeat(home, "wrok").refuse("group", "list")).toEqual({
    exitCode: 3,
    code: "not-found",
    message: 'There is no collection "wrok"; did you mean "Work"?',
    hint: "skillmeat collection list",
  });
  const other = await createSkillmeat(home, "elsewhere").refuse("tag", "list");
  expect(other.message).toBe(
    'There is no collection "elsewhere"; there are: archive, default, Work',
  );
  const use = await createSkillmeat(home).refuse("collection", "use", "archiv");
  expect(use.message).toBe('There is no collection "archiv"; did you mean "archive"?');
  const copy = await createSkillmeat(home, "Work").refuse(
    "group",
    "copy",
    "Auth",
    "--to",
    "defalt",
  );
  expect(copy.message).toBe('There is no collection "defalt"; did you mean "default"?');
});

test("a hint names the collection where it is not the default one", async () => {
  const home = setUp();
  const work = createSkillmeat(home, "work");
  const hintOf = async (...args: string[]) => (await work.refuse(...args)).hint;
  expect(await hintOf("group", "show", "Outh")).toBe("skillmeat group list --collection Work");
  expect(await hintOf("group", "create", "auth")).toBe(
    "skillmeat group show Auth --collection Work",
  );
  expect(await hintOf("tag", "create", "office")).toBe(
    "skillmeat tag show office --collection Work",
  );
  expect(await hintOf("artifact", "show", "pdf")).toBe("skillmeat artifact list --collection Work");
  const { hint } = await createSkillmeat(home).refuse("group", "show", "Auth");
  expect(hint).toBe("skillmeat group list");
});

test("what to do about an empty list names the collection that was named", async () => {
  const home = setUp();
  const archive = createSkillmeat(home, "archive");
  expect((await archive.run("group", "list")).stderr).toBe(
    "There are no groups yet. Make one: skillmeat group create NAME --collection archive\n",
  );
  expect((await archive.run("artifact", "list")).stderr).toBe(
    "There are no artifacts yet. Add some: skillmeat artifact add PATH --collection archive\n",
  );
  expect((await run(home, ["tag", "list"])).stderr).toBe(
    "There are no tags yet. Make one: skillmeat tag create NAME\n",
  );
});

test("what comes after init names the collection where commands would not find it", async () => {
  const home = createHome();
  const nextOf = async (...args: string[]) =>
    /^Next: (.*)$/m.exec((await run(home, ["init", ...args])).stderr)?.[1];
  expect(await nextOf()).toBe("skillmeat artifact add PATH");
  expect(await nextOf("notes")).toBe("skillmeat artifact add PATH --collection notes");
  expect(await nextOf("--collection", "work")).toBe(
    "skillmeat artifact add PATH --collection work",
  );
});

test("a server that was named and does not answer is told, with what to type", async () => {
  const home = createHome();
  const { exitCode, code, message, hint } = await createSkillmeat(home).refuse(
    "group",
    "list",
    "--server",
    "http://127.0.0.1:1",
  );
  expect({ exitCode, code, hint }).toEqual({
    exitCode: 1,
    code: "unreachable",
    hint: "skillmeat serve",
  });
  expect(message).toContain("No SkillMeat server answers at http://127.0.0.1:1");
});

test("collections stand in the same order everywhere, ignoring case", async () => {
  const home = setUp();
  const skillmeat = createSkillmeat(home);
  const namesOf = async (...args: string[]) =>
    (await skillmeat.run(...args)).stdout
      .split("\n")
      .slice(1, 4)
      .map((line) => line.split(" ", 1).join(""));
  for (const command of ["collection list", "status", "refresh", "sync flush"]) {
    expect(await namesOf(...command.split(" ")), command).toEqual(["archive", "default", "Work"]);
  }
});
