import fc from "fast-check";

/** What looks like TOML once it is out of its quotes; each stands on one line. */
export const LOOKALIKES: readonly string[] = [
  "[[groups]]",
  "[collection]",
  'name = "x"',
  "members = [",
  '"""',
  "'''",
  "]",
  "} # {",
  "'",
  '"',
  "\\",
  "日本語 🎨, ünïcödé",
];

/** The content of strings. */
export const content: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("", "plain", "two words", "a\tb", "\u007f\u0000\u001b", "\r\n", ...LOOKALIKES),
  fc.constantFrom('a\n[[groups]]\nname = "b"\n', "'''\n[x]\n'''", '\n"""\n# no comment\n', '""""'),
  fc.string({ unit: "binary", maxLength: 8 }),
);

const FORMS = ["basic", "escaped", "literal", "multi", "folded", "multi-literal"] as const;
type Form = (typeof FORMS)[number];

/** A string in any of the forms of TOML, as its text; line breaks are LF. */
export function stringText(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(of, fc.constantFrom(...FORMS)).map(([text, form]) => writeString(text, form));
}

function writeString(text: string, form: Form): string {
  if (form === "escaped") return `"${replace(text, /[^]/gu, longEscape)}"`;
  if (form === "literal" && !/['\p{Cc}]/u.test(text)) return `'${text}'`;
  if (form === "multi") return `"""\n${multi(text)}"""`;
  if (form === "folded") return `"""\\\n   \n  ${multi(text.trimStart())}\\  \n  """`;
  if (form === "multi-literal" && !/'''|'$|[^\P{Cc}\n\t]/u.test(text)) return `'''\n${text}'''`;
  return `"${replace(text, /["\\\p{Cc}]/gu, shortEscape)}"`;
}

function multi(text: string): string {
  return replace(text, /\\|(?<="")"|[^\P{Cc}\n\t]/gu, shortEscape);
}

function replace(text: string, what: RegExp, by: (character: string) => string): string {
  return text.replace(what, by);
}

function shortEscape(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\u${hex(character).padStart(4, "0")}`;
}

function longEscape(character: string): string {
  return /[a-m]/.test(character) ? character : `\\U${hex(character).padStart(8, "0")}`;
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16);
}

const SCALARS = [
  ...["0", "-17", "+5", "0x1F", "0o17", "0b11", "1_000", "9007199254740993", "1.0", "-0.5e-3"],
  ...["inf", "-inf", "nan", "true", "false", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00"],
  ...["1979-05-27", "07:32:00.5", "1979-05-27 00:32:00.999999-07:00"],
];

const { anyValue } = fc.letrec<{ anyValue: string; array: string; table: string }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(...SCALARS),
    stringText(content),
    tie("array"),
    tie("table"),
  ),
  array: fc
    .tuple(fc.array(tie("anyValue"), { maxLength: 3 }), fc.nat({ max: 3 }))
    .map(([items, layout]) => writeArray(items, layout)),
  table: fc
    .tuple(fc.array(tie("anyValue"), { maxLength: 3 }), fc.nat({ max: 2 }))
    .map(([values, layout]) => writeTable(values, layout)),
}));

/** Any value, as its text. */
export { anyValue };

function writeArray(items: readonly string[], layout: number): string {
  if (layout === 0) return `[${items.join(", ")}]`;
  if (layout === 1) return `[ ${items.join(" ,")}\t]`;
  if (layout === 2) return `[${items.map((item) => `${item},`).join("")}]`;
  return `[ # [[groups]] ] "\n${items.map((item) => `  # ' [\n\t${item} # ,\n  , # x\n`).join("")}]`;
}

function writeTable(values: readonly string[], layout: number): string {
  const keys = ["a", '"b \\u0063 = ["', "'[d]'.e"];
  const entries = values.map((value, index) => `${keys[index]} = ${value}`);
  if (layout === 0) return `{${entries.join(",")}}`;
  if (layout === 1) return `{ ${entries.join(" , ")} }`;
  return `{ # }\n${entries.map((entry) => `  ${entry}, # " [\n`).join("")}}`;
}
