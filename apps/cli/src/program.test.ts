import type { Command } from "commander";
import { expect, test } from "vitest";
import { toFailure } from "./failure.ts";
import { createProgram } from "./program.ts";

/** What a wrong command line fails with. */
async function failureOf(...argv: string[]) {
  return createProgram()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(argv, { from: "user" })
    .then(
      () => null,
      (error: unknown) => toFailure(error),
    );
}

test.each([
  [["group", "create"], 'Missing required argument "name"', "skillmeat group create --help"],
  [
    ["group", "create", "A", "--colour", "red"],
    'Unknown option "--colour"; did you mean "--color"?',
    "skillmeat group create --help",
  ],
  [["gruop"], 'Unknown command "gruop"; did you mean "group"?', "skillmeat --help"],
  [["group", "list", "--limit", "0"], "whole number from 1", "skillmeat group list --help"],
  [["serve", "--port", "70000"], "0 to 65535", "skillmeat serve --help"],
  [
    ["artifact", "add", "x", "--type", "plugin"],
    "Allowed choices are",
    "skillmeat artifact add --help",
  ],
  [
    ["status", "--embedded", "--server", "http://127.0.0.1:1"],
    "cannot be used with",
    "skillmeat --help",
  ],
])("a wrong command line is told with the help to read: %j", async (argv, message, hint) => {
  expect(await failureOf(...argv)).toEqual({
    code: "invalid-input",
    message: expect.stringContaining(message),
    hint,
  });
});

test.each([
  [["zzzzzz"], 'Unknown command "zzzzzz"'],
  [["group", "craete"], 'Unknown command "craete"; did you mean "create"?'],
  [["artifact", "tga"], 'Unknown command "tga"; did you mean "tag"?'],
  [["collection", "improt", "x"], 'Unknown command "improt"; did you mean "import"?'],
  [["group", "eorder"], 'Unknown command "eorder"; did you mean "order" or "reorder"?'],
  [["gruop", "list"], 'Unknown command "gruop"; did you mean "group"?'],
  [["help", "gruop"], 'Unknown command "gruop"; did you mean "group"?'],
  [["help", "group", "craete"], 'Unknown command "craete"; did you mean "create"?'],
  [["group", "help", "craete"], 'Unknown command "craete"; did you mean "create"?'],
  [["help", "zzzzzz"], 'Unknown command "zzzzzz"'],
  [["sync", "flsuh"], 'Unknown command "flsuh"; did you mean "flush"?'],
  [["group", "list", "--jsno"], 'Unknown option "--jsno"; did you mean "--json"?'],
  [["--colection", "x", "status"], 'Unknown option "--colection"; did you mean "--collection"?'],
  [["it's"], 'Unknown command "it\'s"'],
  [
    ["group", "create", "A", "B"],
    'Too many arguments for "create". Expected 1 argument but got 2: A, B',
  ],
])("a mistyped word is quoted, with what it may have been: %j", async (argv, message) => {
  expect((await failureOf(...argv))?.message).toBe(message);
});

test("the program and each command that does something has a description and an example", () => {
  const program = createProgram();
  for (const command of [program, ...leaves(program)]) {
    expect(command.description(), command.name()).not.toBe("");
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help, command.name()).toContain("$ skillmeat ");
  }
});

test.each([
  [["help"], ["--help"]],
  [
    ["help", "group"],
    ["group", "--help"],
  ],
  [
    ["help", "group", "create"],
    ["group", "create", "--help"],
  ],
  [
    ["group", "help", "create"],
    ["group", "create", "--help"],
  ],
  [
    ["help", "status", "now"],
    ["status", "--help"],
  ],
])("%j prints what %j does", async (words, option) => {
  const help = await helpOf(...words);
  expect(help).toMatch(/^Usage: skillmeat/);
  expect(help).toBe(await helpOf(...option));
});

test("a command line that begins with a noun is given that noun alone, the same as in the whole", () => {
  const { commands } = createProgram();
  const nouns = commands.filter((command) => command.name() !== "help");
  for (const noun of nouns) {
    const alone = createProgram([noun.name(), "--json"]);
    expect(alone.commands.map((command) => command.name())).toEqual([noun.name(), "help"]);
    const [same] = alone.commands;
    expect(same?.helpInformation()).toBe(noun.helpInformation());
    expect(same === undefined ? [] : helpsBelow(same)).toEqual(helpsBelow(noun));
  }
  for (const argv of [[], ["help", "group"], ["--json", "group"], ["gruop"]]) {
    expect(createProgram(argv).commands).toHaveLength(commands.length);
  }
});

function helpsBelow(command: Command): string[] {
  return below(command).map((child) => child.helpInformation());
}

async function helpOf(...argv: string[]): Promise<string> {
  let help = "";
  const program = createProgram();
  for (const command of [program, ...below(program)]) {
    command.configureOutput({ writeOut: (text) => (help += text) });
  }
  await program.parseAsync(argv, { from: "user" }).catch(() => {});
  return help;
}

function below(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...below(child)]);
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}
