import type { Stats } from "../support/sample.ts";
import { judge } from "../support/result.ts";
import type { Report } from "../suite.ts";
import { growthChart, type Series } from "./growth-chart.ts";
import { targetChart } from "./target-chart.ts";

export interface Chart {
  /** The file's name, without a folder. */
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

/** What is measured at several sizes, and drawn by size. */
const GROWING = [
  { file: "durable-mutation.svg", what: "durable mutation", title: "A durable mutation" },
  { file: "recovery.svg", what: "recovery", title: "A recovery into an empty cache" },
  { file: "start.svg", what: "start to first answer", title: "From start to first answer" },
] as const;

/** Draws what a report holds: a chart is left out where there is nothing to draw. */
export function drawCharts(report: Report): Chart[] {
  const { results } = report;
  const charts: Chart[] = [];
  if (results.some((result) => judge(result).share !== null)) {
    const title = "Results against their targets";
    charts.push({ file: "targets.svg", title, svg: targetChart(results) });
  }
  for (const { file, what, title } of GROWING) {
    const series = seriesOf(report, what);
    if (series.length > 0) charts.push({ file, title, svg: growthChart(title, series) });
  }
  return charts;
}

/** The product first, then what it was compared with. */
function seriesOf({ results, sizes }: Report, what: string): Series[] {
  const points = new Map<string, Map<string, number>>();
  const add = (size: string, { name, median }: Stats) => {
    const medians = points.get(name) ?? new Map<string, number>();
    // What is compared with several others has the figure of the first comparison.
    if (!medians.has(size)) points.set(name, medians.set(size, median));
  };
  for (const result of results.filter((each) => each.what === what)) {
    add(result.size, result.product);
    if (result.other !== null) add(result.size, result.other);
  }
  return [...points].map(([name, medians]) => ({
    name,
    points: sizes.flatMap(({ name: size, bytes }) => {
      const time = medians.get(size);
      return time === undefined ? [] : [{ name: size, bytes, time }];
    }),
  }));
}
