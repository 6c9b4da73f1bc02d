import type { Command } from "commander";
import { withExample } from "./options.ts";

/**
 * Gives a command that has others below it a `help` which, unlike commander's own, takes the words of
 * any command and says of a mistyped one what it may have been.
 * @param path the words that lead to `parent`, for the example
 */
export function declareHelp(parent: Command, path: string, example: string): void {
  parent.helpCommand(false);
  withExample(parent.command("help"), `${path}help ${example}`)
    .description("show the help of a command")
    .argument("[command...]", `the command, such as ${example}`)
    .action(async (words: string[]) => {
      let shown = parent;
      for (const word of words) {
        if (shown.commands.length === 0) break;
        const child = shown.commands.find((command) => command.name() === word);
        // A word that is no command is refused as if it had been typed alone.
        if (child === undefined) await shown.parseAsync([word], { from: "user" });
        else shown = child;
      }
      shown.help();
    });
}
