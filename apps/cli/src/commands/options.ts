import { type Command, InvalidArgumentError } from "commander";

/** Reads an option that counts from 0. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError("It must be a whole number from 0 on.");
  return Number(text);
}

/** Reads an option that counts from 1. */
export function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return number;
}

/** Collects the values of an option that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** Gives a command an example at the end of its help. */
export function withExample(command: Command, ...lines: string[]): Command {
  const text = lines.map((line) => `  $ skillmeat ${line}`).join("\n");
  return command.addHelpText("after", `\nExample:\n${text}`);
}
