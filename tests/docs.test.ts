import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createProgram } from "../apps/cli/src/program.ts";
import { replayConsole } from "./support/console-blocks.ts";
import { createHome } from "./support/home.ts";
import { usagesOf, writeReference } from "./support/reference.ts";
import { openTerminal } from "./support/terminal.ts";
import { HEAD, groupRow, skill } from "./support/texts.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const COMMANDS = "docs/commands.md";
const SHARING = "docs/sharing.md";
const TEAM = HEAD.replace("Mine", "Team skills");

/** Compares a page with what it should be; with UPDATE_DOCS=1 makes it that. */
function expectPage(file: string, wanted: string): void {
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(root + file, wanted);
  expect(readFileSync(root + file, "utf8"), "UPDATE_DOCS=1 writes it anew").toBe(wanted);
}

test("README.md shows what its commands print in a clone after npm start", async () => {
  const person = createHome();
  const home = "skillmeat/.skillmeat";
  cpSync(`${root}examples`, person.path(home, "collections"), { recursive: true });
  const env = { SKILLMEAT_HOME: person.path(home) };
  const run = openTerminal(person, { folder: "skillmeat", env });
  const page = readFileSync(`${root}README.md`, "utf8");
  expectPage("README.md", await replayConsole(page, run));
});

test("docs/commands.md shows what its commands print, from the first to the last", async () => {
  const person = createHome();
  cpSync(`${root}examples`, person.path(".skillmeat/collections"), { recursive: true });
  person.write("src/skills/pdf/SKILL.md", skill("office"));
  person.write("src/skills/docx/SKILL.md", skill("office", "writing"));
  person.write("src/team/collection.toml", TEAM + groupRow("Onboarding", "welcome"));
  person.write("src/team/skills/welcome/SKILL.md", skill());
  const page = readFileSync(root + COMMANDS, "utf8");
  expectPage(COMMANDS, await replayConsole(page, openTerminal(person)));
});

test("docs/sharing.md shows what two people see who share a collection", async () => {
  const [ada, ben] = [createHome(), createHome()];
  for (const name of ["pdf", "docx", "review"]) ada.write(`team/skills/${name}/SKILL.md`, skill());
  const git = (person: string) => ({
    GIT_AUTHOR_NAME: person,
    GIT_AUTHOR_EMAIL: `${person}@example.org`,
    GIT_COMMITTER_NAME: person,
    GIT_COMMITTER_EMAIL: `${person}@example.org`,
    GIT_CONFIG_COUNT: "2",
    GIT_CONFIG_KEY_0: "init.defaultBranch",
    GIT_CONFIG_VALUE_0: "main",
    GIT_CONFIG_KEY_1: "pull.rebase",
    GIT_CONFIG_VALUE_1: "false",
    TEAM: ada.path("team.git"),
  });
  const page = readFileSync(root + SHARING, "utf8");
  const terminals = {
    ada: openTerminal(ada, { name: "ada", env: git("Ada") }),
    ben: openTerminal(ben, { name: "ben", env: git("Ben") }),
  };
  expectPage(SHARING, await replayConsole(page, terminals));
});

test("docs/commands.md says of every command how it is typed and what it takes", () => {
  const program = createProgram();
  const page = writeReference(readFileSync(root + COMMANDS, "utf8"), program);
  expectPage(COMMANDS, page);
  for (const usage of usagesOf(program)) expect(page).toContain(`\`\`\`text\n${usage}\n`);
});
