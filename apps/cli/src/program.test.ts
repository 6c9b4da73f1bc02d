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
  [["group", "create"], "Missing required argument 'name'", "skillmeat group create --help"],
  [
    ["group", "create", "A", "--colour", "red"],
    "Unknown option '--colour'",
    "skillmeat group create --help",
  ],
  [["gruop"], "Unknown command 'gruop'", "skillmeat --help"],
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

test("each command that does something has a description and an example", () => {
  for (const command of leaves(createProgram())) {
    expect(command.description(), command.name()).not.toBe("");
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help, command.name()).toContain("$ skillmeat ");
  }
});

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}
