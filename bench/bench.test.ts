import { expect, test } from "vitest";
import { cases } from "./cases.ts";
import { drawCharts } from "./report/charts.ts";
import { writePage } from "./report/page.ts";
import { terminalHead, terminalRow } from "./report/table.ts";
import { runSuite } from "./suite.ts";
import { judge } from "./support/result.ts";

// It starts some ten processes, one after the other: on a machine that does much else that takes long.
const TIMEOUT = 600_000;

test(
  "every benchmark runs at the smallest size, and a report is made of what they give",
  async () => {
    const report = await runSuite({
      cases,
      sizes: ["S"],
      effort: { rounds: 0, most: 0 },
      command: "npm test",
      profile: { rounds: 1, medium: "S", large: "S" },
    });
    const { results } = report;
    console.log([terminalHead(), ...results.map(terminalRow)].join("\n"));

    expect(new Set(results.map(({ what }) => what)).size).toBe(
      process.platform === "linux" ? 16 : 14,
    );
    for (const result of results) {
      const figures = [result.product, ...(result.other === null ? [] : [result.other])];
      for (const { n, median, p99, min } of figures) {
        expect([n, median, p99, min].filter((figure) => figure > 0)).toHaveLength(4);
      }
      expect(judge(result).value).toBeGreaterThan(0);
    }
    for (const { n, median, parts } of report.profiles) {
      expect(n * median).toBeGreaterThan(0);
      const sampled = parts.reduce((sum, { ms }) => sum + ms, 0);
      expect(sampled).toBeGreaterThan(0);
    }
    expect(report.profiles).toHaveLength(12);
    const charts = drawCharts(report);
    expect(charts.map(({ file }) => file)).toEqual([
      "targets.svg",
      "durable-mutation.svg",
      "recovery.svg",
      "start.svg",
    ]);
    expect(writePage(report, charts, "benchmarks")).toContain("| durable mutation | S |");
  },
  TIMEOUT,
);
