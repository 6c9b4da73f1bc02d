import { SkillmeatError } from "../errors.ts";
import { DEFAULT_COLLECTION } from "../schema/collection.ts";

/** A text in quotes for a message, cut where it is long. */
export function quoted(text: string): string {
  const characters = Array.from(text.slice(0, 200));
  const shown = characters.length > 80 ? `${characters.slice(0, 80).join("")}…` : text;
  return `"${shown}"`;
}

/** The first few of a list for a message, and how many follow. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(", ");
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}

/** A command for a hint, with the collection named where it is not the default one. */
export function commandHint(collection: string, words: string): string {
  const option = collection === DEFAULT_COLLECTION ? "" : ` --collection ${shellWord(collection)}`;
  return `skillmeat ${words}${option}`;
}

/** A text as one word of a shell command. */
export function shellWord(text: string): string {
  return /^[\w.:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The error for something that is not there.
 * @param what what was looked for, with the text by which it was, such as `group "auth"`
 * @param meant what it may have been meant to be; null for no guess
 */
export function notFound(
  what: string,
  collection: string,
  meant: string | null,
  command: string,
): SkillmeatError {
  const guess = meant === null ? "" : `; did you mean ${quoted(meant)}?`;
  return new SkillmeatError(
    "not-found",
    `There is no ${what} in the collection ${quoted(collection)}${guess}`,
    commandHint(collection, command),
  );
}
