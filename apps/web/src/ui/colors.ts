/** The colours that groups may name by a word, as they look. */
export const WORDS: ReadonlyMap<string, string> = new Map([
  ["slate", "#64748b"],
  ["blue", "#3b82f6"],
  ["green", "#22a45d"],
  ["amber", "#e69a0b"],
  ["rose", "#f43f5e"],
]);

/** Colours that are told apart beside each other, on light and on dark; by what a person calls them. */
export const PALETTE: ReadonlyMap<string, string> = new Map([
  ["#EF4444", "Red"],
  ["#F97316", "Orange"],
  ["#D99A0B", "Amber"],
  ["#84A816", "Lime"],
  ["#22A45D", "Green"],
  ["#10A38F", "Teal"],
  ["#0EA5C4", "Cyan"],
  ["#3B82F6", "Blue"],
  ["#6366F1", "Indigo"],
  ["#8B5CF6", "Violet"],
  ["#C04DE0", "Purple"],
  ["#EC4899", "Pink"],
  ["#A16A43", "Brown"],
  ["#64748B", "Slate"],
]);

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** Whether a text is a colour as a person writes it: #RGB or #RRGGBB. */
export function isHex(text: string): boolean {
  return HEX.test(text);
}

/** A colour of a file as the browser takes it; null where there is none, or something that is no colour. */
export function cssColorOf(color: string): string | null {
  return WORDS.get(color) ?? (isHex(color) ? color : null);
}

/** What a person calls a colour. */
export function colorName(color: string): string {
  if (color === "") return "no colour";
  return PALETTE.get(color.toUpperCase()) ?? color;
}

/** A colour as #rrggbb, as the browser's own colour field takes it. */
export function longHex(color: string): string {
  const css = cssColorOf(color) ?? "#888888";
  return css.length === 7 ? css.toLowerCase() : css.replaceAll(/[0-9a-f]/gi, "$&$&").toLowerCase();
}
