import { expect, test } from "vitest";
import type { Result, Target } from "../support/result.ts";
import { SIZES, type SizeName } from "../support/sizes.ts";
import type { CaseResult, Report } from "../suite.ts";
import { drawCharts } from "./charts.ts";
import { showAmount, showBytes } from "./figures.ts";
import { writePage } from "./page.ts";
import { profileTable } from "./profile-table.ts";
import { markdownTable, terminalHead, terminalRow } from "./table.ts";

const stats = (name: string, median: number) => ({ name, n: 7, median, p99: 2 * median, min: 0 });

function result(what: string, size: SizeName, product: number, target: Target): CaseResult {
  const other = stats("a <bare> way", 2);
  const measured = { product: stats("SkillMeat", product), other };
  return { case: "durable", what, size, unit: "ms", ...measured, target, note: "" };
}

const met = result("durable mutation", "S", 2.5, { kind: "times", figure: 1.3 });
const missed = result("durable mutation", "M", 7, { kind: "times", figure: 1.3 });
const shown = result("recovery", "S", 5, { kind: "times", figure: null });

const report: Report = {
  at: "2026-01-31T12:00:00.000Z",
  command: "npm run bench -- --sizes S,M",
  effort: { rounds: 7, most: 1_000 },
  machine: {
    cpu: "A processor",
    cores: 2,
    memoryGb: 8,
    fileSystem: "ext4",
    kernel: "Linux 6",
    node: "v24.0.0",
  },
  sizes: [
    { ...SIZES.S, bytes: 29_000 },
    { ...SIZES.M, bytes: 280_000 },
  ],
  results: [met, missed, shown],
  profiles: [
    {
      what: "durable mutation, S",
      n: 7,
      median: 2.5,
      parts: [
        { part: "Kysely", ms: 0.5 },
        { part: "waiting", ms: 1.5 },
        { part: "zod", ms: 0 },
      ],
    },
  ],
};

test("amounts have three digits and the unit that suits them", () => {
  expect([0.12345, 1.2345, 123.45, 1234.5, 12_345].map((ms) => showAmount(ms, "ms"))).toEqual([
    "0.123 ms",
    "1.23 ms",
    "123 ms",
    "1.23 s",
    "12.3 s",
  ]);
  expect(showAmount(1_234.5, "MB")).toBe("1235 MB");
  expect([29_123, 6_312_345, 53_123_456].map(showBytes)).toEqual(["29 KB", "6.3 MB", "53 MB"]);
});

test("a row says what was measured, its target, and whether that is met", () => {
  const columns = (row: string) => row.split(/ {2,}/);
  expect(columns(terminalRow(met))).toEqual([
    "durable mutation",
    "S",
    "2.50 ms",
    "5.00 ms",
    "7",
    "a <bare> way",
    "2.00 ms",
    "4.00 ms",
    "7",
    "1.25×",
    "≤ 1.3×",
    "met",
  ]);
  expect(columns(terminalRow(missed))).toContain("not met");
  expect(columns(terminalRow(shown)).at(-1)).toBe("2.50×");
  expect(terminalHead().indexOf("Size")).toBe(terminalRow(met).indexOf("S "));
  expect(markdownTable([met]).split("\n")).toHaveLength(3);
});

test("a profile says which part of the time goes where, and nothing of what takes none", () => {
  expect(profileTable(report.profiles).split("\n")).toEqual([
    "| One | median | waiting | Kysely | n |",
    "| --- | --- | --- | --- | --- |",
    "| durable mutation, S | 2.50 ms | 1.50 ms | 0.500 ms | 7 |",
  ]);
});

test("a result with a fixed limit is compared with nothing else", () => {
  const limited: Result = { ...met, other: null, target: { kind: "limit", figure: 1_500 } };
  expect(markdownTable([limited])).toContain("| 2.50 ms | ≤ 1.50 s | met |");
});

test("charts are well-formed, and say in words what they draw", () => {
  const charts = drawCharts(report);
  const files = ["targets.svg", "durable-mutation.svg", "recovery.svg"];
  expect(charts.map(({ file }) => file)).toEqual(files);
  for (const { svg } of charts) {
    expect(openElements(svg)).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<bare>/);
  }
  const [targets, growth] = charts;
  expect(targets?.svg).toContain("1 of 2 targets are met");
  expect(growth?.svg).toContain("SkillMeat: S 2.50 ms, M 7.00 ms.");
  expect(growth?.svg).toContain("prefers-color-scheme: dark");
});

test("nothing is drawn of nothing", () => {
  expect(drawCharts({ ...report, results: [] })).toEqual([]);
});

test("the page holds the machine, the command, the figures, the charts and what each case does", () => {
  const page = writePage(report, drawCharts(report), "benchmarks");
  for (const part of [
    "`npm run bench -- --sizes S,M`",
    "A processor, 2 cores, 8 GB, ext4, Linux 6, Node v24.0.0",
    "On 2026-01-31",
    "1 of 2 targets are met.",
    "| M | 500 | 50 × 20 | 100 | 280 KB |",
    "](benchmarks/recovery.svg)",
    markdownTable(report.results),
    "- **`durable`** One change",
  ]) {
    expect(page).toContain(part);
  }
});

test("a page says why a target is not met, of the cases that miss one", () => {
  const pageOf = (results: readonly CaseResult[]) => writePage({ ...report, results }, [], "");
  const page = pageOf([met, missed, { ...missed, case: "no case that anything is known of" }]);
  expect(page).toContain(
    "## Why a target is not met\n\n- **`durable`** The floor is one statement",
  );
  expect(page).not.toContain("- **`create`** As `durable`");
  expect(pageOf([met, shown])).not.toContain("Why a target");
});

/** What is opened in a document of elements and not closed in its place. */
function openElements(text: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = ""] of text.matchAll(/<(\/?)([a-z]+)[^<>]*>/g)) {
    if (slash === "") open.push(name);
    else if (open.pop() !== name) open.push(`</${name}>`);
  }
  return open;
}
