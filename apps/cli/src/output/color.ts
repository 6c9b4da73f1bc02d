import type { GROUP_COLORS } from "@skillmeat/core";

/** What the words for colours stand for: Tailwind's shades of 500 (https://tailwindcss.com/docs/colors). */
const NAMED = new Map<string, string>(
  Object.entries({
    slate: "#64748b",
    blue: "#3b82f6",
    green: "#22c55e",
    amber: "#f59e0b",
    rose: "#f43f5e",
  } satisfies Record<(typeof GROUP_COLORS)[number], string>),
);
const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const DOT = "●";

/**
 * Whether what is printed on a stream has colours. They are for people: not for pipes unless
 * FORCE_COLOR asks for them, and never where NO_COLOR asks for none (https://no-color.org).
 */
export function hasColor({ isTTY }: { readonly isTTY: boolean }): boolean {
  if (isSet("NO_COLOR")) return false;
  const forced = process.env["FORCE_COLOR"];
  if (forced === "0" || forced === "false") return false;
  return isTTY || isSet("FORCE_COLOR");
}

/** A dot in a group's or tag's colour, for a terminal; null where the text names no colour. */
export function swatchOf(color: string): string | null {
  const rgb = parseColor(color);
  return rgb === null
    ? null
    : `\u001b[38;${showsAllColors() ? direct(rgb) : indexed(rgb)}m${DOT}\u001b[39m`;
}

type Rgb = readonly [red: number, green: number, blue: number];

function parseColor(color: string): Rgb | null {
  const hex = NAMED.get(color) ?? color;
  if (!HEX.test(hex)) return null;
  const digits = hex.slice(1);
  const rgb = Number.parseInt(digits.length === 3 ? digits.replace(/./g, "$&$&") : digits, 16);
  return [rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff];
}

function direct(rgb: Rgb): string {
  return `2;${rgb.join(";")}`;
}

/** The nearest in the cube of 6 × 6 × 6 colours, whose levels are 0, 95, 135, 175, 215 and 255. */
function indexed(rgb: Rgb): string {
  const [red, green, blue] = rgb.map((part) =>
    part < 48 ? 0 : part < 115 ? 1 : Math.floor((part - 35) / 40),
  );
  return `5;${16 + 36 * (red ?? 0) + 6 * (green ?? 0) + (blue ?? 0)}`;
}

/** Whether the terminal says that it shows more than 256 colours; many print nonsense otherwise. */
function showsAllColors(): boolean {
  return (
    /^(?:truecolor|24bit)$/.test(process.env["COLORTERM"] ?? "") ||
    process.env["FORCE_COLOR"] === "3"
  );
}

function isSet(variable: string): boolean {
  return (process.env[variable] ?? "") !== "";
}
