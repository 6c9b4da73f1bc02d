// Control characters could move the cursor or change colours; bidirectional controls could show a
// text in another order than it has.
const UNSAFE = /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text from a file or from a person, made safe for a terminal: what would control it is shown as
 * an escape, such as `\x1b`. The text becomes one line.
 */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** The same, with its line breaks kept. */
export function escapeLines(text: string): string {
  return text.split(/\r?\n/).map(escapeText).join("\n");
}

/**
 * JSON in which no character controls a terminal; it stands for the same value.
 * @param indent 0 for all on one line
 */
export function safeJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${codeOf(character, 4)}`,
  );
}

function escapeCharacter(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${codeOf(character, 2)}` : `\\u${codeOf(character, 4)}`;
}

function codeOf(character: string, digits: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, "0");
}
