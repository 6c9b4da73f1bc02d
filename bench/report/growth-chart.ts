import { showAmount, showBytes } from "./figures.ts";
import { decades, drawing, element, label, logScale } from "./svg.ts";

/** How one way grows: times by size. */
export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Point {
  /** The size's name. */
  readonly name: string;
  readonly bytes: number;
  /** The median in ms. */
  readonly time: number;
}

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 76;
const RIGHT = 560;
const TOP = 48;
const BOTTOM = 370;

/** Each has its own colour, dashes and marks. */
const STYLES = ["a", "b", "c"] as const;
const DASHES = ["none", "8 4", "2 4"] as const;
const MARKS = ["fill", "hollow", "fill"] as const;

/** Times by the size of the manifest; on both axes steps are factors, so that a straight line at 45° is linear growth. */
export function growthChart(title: string, series: readonly Series[]): string {
  const points = series.flatMap((each) => each.points);
  const bytes = points.map((point) => point.bytes);
  const times = points.map(({ time }) => time);
  const rows = decades(Math.min(...times), Math.max(...times));
  const across = logScale([Math.min(...bytes) / 1.5, Math.max(...bytes) * 1.5], [LEFT, RIGHT]);
  const up = logScale([rows[0] ?? 1, rows.at(-1) ?? 10], [BOTTOM, TOP]);
  const columns = new Map(points.map((point) => [point.name, point.bytes]));
  const ends = spread(series.map((each) => up(each.points.at(-1)?.time ?? 1)));
  const parts = [
    ...rows.flatMap((time) => [
      element("line", { class: "grid", x1: LEFT, x2: RIGHT, y1: up(time), y2: up(time) }),
      label(LEFT - 8, up(time) + 4, showAmount(time, "ms").replace(/\.0+ /, " "), "end soft"),
    ]),
    ...[...columns].flatMap(([name, size]) => [
      element("line", { class: "grid", x1: across(size), x2: across(size), y1: TOP, y2: BOTTOM }),
      label(across(size), BOTTOM + 20, `${name}, ${showBytes(size)}`, "middle soft"),
    ]),
    ...series.map((each, index) => {
      const places = each.points.map((point) => [across(point.bytes), up(point.time)] as const);
      return drawSeries(each.name, places, index, ends[index] ?? TOP);
    }),
    label(
      LEFT,
      HEIGHT - 8,
      "median by size of the manifest; on both axes steps are factors",
      "soft",
    ),
  ];
  return drawing({ width: WIDTH, height: HEIGHT, title }, describe(series), parts);
}

function drawSeries(
  name: string,
  places: readonly (readonly [number, number])[],
  index: number,
  end: number,
): string {
  const path = places.map((place) => place.map((at) => at.toFixed(1)).join(",")).join(" ");
  const [x] = places.at(-1) ?? [LEFT];
  const mark = MARKS[index] ?? "fill";
  const parts = [
    element("polyline", {
      class: "line",
      points: path,
      "stroke-dasharray": DASHES[index] ?? "none",
    }),
    ...places.map(([cx, cy]) => element("circle", { class: mark, cx, cy, r: 4 })),
    element("line", {
      class: "line",
      x1: RIGHT + 6,
      x2: RIGHT + 30,
      y1: end,
      y2: end,
      "stroke-dasharray": DASHES[index] ?? "none",
    }),
    label(Math.max(x, RIGHT) + 36, end + 4, name),
  ];
  return element("g", { class: STYLES[index] ?? "a" }, parts.join(""));
}

/** Moves labels apart that would stand on each other, keeping their order. */
function spread(heights: readonly number[]): number[] {
  const moved: number[] = [];
  const order = heights
    .map((_, index) => index)
    .toSorted((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  let last = -Infinity;
  for (const index of order) {
    last = Math.max(heights[index] ?? 0, last + 18);
    moved[index] = last;
  }
  return moved;
}

function describe(series: readonly Series[]): string {
  const lines = series.map(({ name, points }) => {
    const said = points.map((point) => `${point.name} ${showAmount(point.time, "ms")}`);
    return `${name}: ${said.join(", ")}.`;
  });
  return lines.join(" ");
}
