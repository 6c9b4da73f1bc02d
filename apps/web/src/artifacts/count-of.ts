const NUMBERS = new Intl.NumberFormat("en");

/** A number and what it counts, such as `1 artifact` or `1,200 artifacts`. */
export function countOf(count: number, noun: string): string {
  return `${NUMBERS.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}
