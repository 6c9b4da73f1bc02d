import { readFileSync } from "node:fs";
import { Command } from "commander";
import { declareArtifact } from "./commands/artifact.ts";
import { declareBackup } from "./commands/backup.ts";
import { declareCollection } from "./commands/collection.ts";
import { declareGroup } from "./commands/group.ts";
import { declareHelp } from "./commands/help.ts";
import { declareHistory } from "./commands/history.ts";
import { declareInit } from "./commands/init.ts";
import { withExample } from "./commands/options.ts";
import { declareRefresh } from "./commands/refresh.ts";
import { declareServe } from "./commands/serve.ts";
import { declareStatus } from "./commands/status.ts";
import { declareSync } from "./commands/sync.ts";
import { declareTag } from "./commands/tag.ts";
import { declareTrash } from "./commands/trash.ts";
import { declareUndo } from "./commands/undo.ts";
import { CliError } from "./failure.ts";
import { declareGlobals } from "./globals.ts";

/** What the command line can do, in the order of its help. */
const NOUNS = new Map<string, (program: Command) => void>([
  ["init", declareInit],
  ["collection", declareCollection],
  ["artifact", declareArtifact],
  ["group", declareGroup],
  ["tag", declareTag],
  ["refresh", declareRefresh],
  ["status", declareStatus],
  ["sync", declareSync],
  ["backup", declareBackup],
  ["history", declareHistory],
  ["undo", declareUndo],
  ["trash", declareTrash],
  ["serve", declareServe],
]);

/**
 * The command line: one command a noun, one below it a verb.
 * @param argv the arguments without the program; where they begin with a noun, it alone is there, since to
 *   declare all the others takes longer than many a command. Without, the whole is.
 */
export function createProgram(argv: readonly string[] = []): Command {
  const program = new Command("skillmeat")
    .description("Group and tag your skills, commands and agents, in a file that you own")
    .version(readVersion(), "-V, --version", "print the version")
    .configureHelp({ showGlobalOptions: true });
  declareGlobals(program);
  const asked = NOUNS.get(argv[0] ?? "");
  for (const declare of asked === undefined ? NOUNS.values() : [asked]) declare(program);
  declareHelps(program);
  withExample(
    program,
    "init",
    "artifact add ~/src/skills",
    "group create Documents --color blue --member pdf",
  );
  throwUsageErrors(program);
  return program;
}

/** Gives the program and each noun a `help`, with its first command as the example. */
function declareHelps(command: Command, path = ""): void {
  const [first] = command.commands;
  if (first === undefined) return;
  for (const child of command.commands) declareHelps(child, `${path}${child.name()} `);
  declareHelp(command, path, first.name());
}

/** Has each command throw its usage errors with its own help as the hint; `run` prints them. */
function throwUsageErrors(command: Command, path = command.name()): void {
  command.configureOutput({ outputError: () => {} }).exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    throw new CliError(
      "invalid-input",
      usageMessage(error.code, error.message, path),
      `${path} --help`,
    );
  });
  for (const child of command.commands) throwUsageErrors(child, `${path} ${child.name()}`);
}

/** Commander's message in the words and quotes of all others. */
function usageMessage(code: string, message: string, path: string): string {
  if (code === "commander.help") return `${path} needs a command`;
  const text = message
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/ \(Did you mean (?:one of )?(.+)\?\)$/, (_, words: string) => didYouMean(words))
    .replace(/'(.*?)'(?=[\s.,;]|$)/g, '"$1"')
    .replace(/\.$/, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function didYouMean(words: string): string {
  return `; did you mean ${words
    .split(", ")
    .map((word) => `"${word}"`)
    .join(" or ")}?`;
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}
