import type { createProgram } from "../../apps/cli/src/program.ts";

type Command = ReturnType<typeof createProgram>;

const BLOCK = /^```text\n(skillmeat[^\n]*)\n.*?^```$/gms;

/** Writes each ```text block of a page that begins with a command of the program anew: how it is typed, and what it takes. */
export function writeReference(page: string, program: Command): string {
  return page.replace(BLOCK, (_, first: string) => {
    return `\`\`\`text\n${describe(find(program, first.split(" ").slice(1)))}\n\`\`\``;
  });
}

/** The commands that do something, each with how it is typed. */
export function usagesOf(program: Command): string[] {
  return leaves(program).map((command) => command.createHelp().commandUsage(command));
}

function leaves(command: Command): Command[] {
  if (command.name() === "help") return [];
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

/** The command that some words begin with. */
function find(command: Command, [word, ...rest]: readonly string[]): Command {
  const child = command.commands.find((other) => other.name() === word);
  return child === undefined ? command : find(child, rest);
}

function describe(command: Command): string {
  const help = command.createHelp();
  const rows = [
    ...help
      .visibleArguments(command)
      .map(
        (argument) => [help.argumentTerm(argument), help.argumentDescription(argument)] as const,
      ),
    ...help
      .visibleOptions(command)
      .filter(({ long }) => long !== "--help")
      .map((option) => [help.optionTerm(option), help.optionDescription(option)] as const),
  ];
  const width = Math.max(...rows.map(([term]) => term.length));
  const lines = rows.map(([term, text]) => `  ${term.padEnd(width)}  ${text}`);
  return [help.commandUsage(command), ...lines].join("\n");
}
