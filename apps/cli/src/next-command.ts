/**
 * A command to type next, which names the collection where the last one did.
 * @param words the command without the program
 * @param named the collection that was named; undefined where none was
 */
export function nextCommand(words: string, named: string | undefined): string {
  return `skillmeat ${words}${named === undefined ? "" : ` --collection ${quoteWord(named)}`}`;
}

/** A text as one word of a shell command. */
function quoteWord(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
