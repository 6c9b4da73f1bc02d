const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
];

/** What is so near that a number would only jump, in ms. */
const MOMENT = 5_000;

const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How long ago something was, or in what time it will be, as a person says it. */
export function relativeTime(at: number, now: number): string {
  const distance = at - now;
  if (Math.abs(distance) < MOMENT) return distance <= 0 ? "just now" : "in a moment";
  const [unit, length] = UNITS.find(([, each]) => Math.abs(distance) >= each) ?? ["second", 1_000];
  return format.format(Math.trunc(distance / length), unit);
}
