import { judge, type Result } from "../support/result.ts";
import { showMet, showTarget, showValue } from "./figures.ts";
import { drawing, element, label, logScale } from "./svg.ts";

const WIDTH = 960;
const LEFT = 400;
const RIGHT = 640;
const TOP = 64;
const ROW = 24;

/** How each result stands to its target, one bar each: shorter is better, and the line is the target. */
export function targetChart(results: readonly Result[]): string {
  const bars = results.flatMap((result) => {
    const verdict = judge(result);
    return verdict.share === null ? [] : [{ result, verdict, share: verdict.share }];
  });
  const shares = bars.map(({ share }) => share);
  const low = Math.min(0.5, ...shares) / 1.2;
  const high = Math.max(2, ...shares) * 1.1;
  const across = logScale([low, high], [LEFT, RIGHT]);
  const bottom = TOP + bars.length * ROW;
  const target = across(1);
  const parts = [
    ...bars.flatMap(({ result, verdict, share }, row) => {
      const y = TOP + row * ROW;
      const style = verdict.met === true ? "a fill" : "b hollow";
      const said = `${showValue(verdict, result.target, result.unit)} (${showTarget(result.target, result.unit)})`;
      return [
        label(LEFT - 10, y + 16, nameOf(result), "end"),
        element("rect", {
          class: style,
          x: LEFT,
          y: y + 4,
          width: Math.max(across(share) - LEFT, 2),
          height: ROW - 8,
        }),
        label(RIGHT + 12, y + 16, `${said} ${showMet(verdict)}`),
      ];
    }),
    element("line", { class: "mark", x1: target, x2: target, y1: TOP - 6, y2: bottom + 4 }),
    label(target, TOP - 12, "target", "middle soft"),
    label(LEFT, bottom + 22, "filled: met · hollow: not met · steps are factors", "soft"),
  ];
  const met = bars.filter(({ verdict }) => verdict.met === true).length;
  return drawing(
    { width: WIDTH, height: bottom + 36, title: "Results against their targets" },
    `${met} of ${bars.length} targets are met; the table says the same in figures.`,
    parts,
  );
}

function nameOf({ what, size, other }: Result): string {
  return `${what}, ${size}${other === null ? "" : ` / ${other.name}`}`;
}
