/** Attributes of an element. */
export type Attributes = Readonly<Record<string, string | number>>;

/** Both schemes; where a viewer knows none the light one holds. Series differ in form, too. */
const STYLE = `
  svg { --back: #ffffff; --ink: #1f2328; --faint: #d0d7de; --soft: #59636e; --a: #0a66c2; --b: #b54708; --c: #6e40c9; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --ink: #e6edf3; --faint: #30363d; --soft: #9198a1; --a: #58a6ff; --b: #f0883e; --c: #bc8cff; }
  }
  text { font: 13px system-ui, sans-serif; fill: var(--ink); }
  .back { fill: var(--back); }
  .title { font-size: 15px; font-weight: 600; }
  .soft { fill: var(--soft); }
  .grid { stroke: var(--faint); }
  .mark { stroke: var(--ink); stroke-width: 2; }
  .end { text-anchor: end; }
  .middle { text-anchor: middle; }
  .a { --series: var(--a); } .b { --series: var(--b); } .c { --series: var(--c); }
  .fill { fill: var(--series); }
  .line { fill: none; stroke: var(--series); stroke-width: 2; }
  .hollow { fill: var(--back); stroke: var(--series); stroke-width: 2; }`;

/** One element of a drawing. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    const text = typeof value === "number" ? String(Math.round(value * 10) / 10) : escape(value);
    return ` ${key}="${text}"`;
  });
  return `<${name}${written.join("")}>${content}</${name}>`;
}

/** A text in a drawing. */
export function label(x: number, y: number, text: string, style = ""): string {
  return element("text", { x, y, class: style }, escape(text));
}

/**
 * A whole drawing that is readable on light and dark ground.
 * @param description what somebody is told who does not see it
 */
export function drawing(
  { width, height, title }: { width: number; height: number; title: string },
  description: string,
  parts: readonly string[],
): string {
  const content = [
    `<title>${escape(title)}</title>`,
    `<desc>${escape(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    element("rect", { class: "back", width, height }),
    label(16, 26, title, "title"),
    ...parts,
  ];
  const viewBox = `0 0 ${width} ${height}`;
  const xmlns = "http://www.w3.org/2000/svg";
  return `${element("svg", { xmlns, viewBox, width, height, role: "img" }, `\n${content.join("\n")}\n`)}\n`;
}

/** Makes what places a value on an axis whose steps are factors. */
export function logScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  const span = Math.log(high / low) || 1;
  return (value) => from + (Math.log(value / low) / span) * (to - from);
}

/** The powers of ten from the one at or below a figure to the one at or above another. */
export function decades(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.max(Math.ceil(Math.log10(high)), first + 1);
  return Array.from({ length: last - first + 1 }, (_, step) => 10 ** (first + step));
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
