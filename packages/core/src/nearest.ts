import { nameKey } from "./schema/text.ts";

/** Longer texts are not compared: they are hardly a slip of the keyboard. */
const MAX_COMPARED = 100;

/** The candidate nearest to a word that was probably mistyped, ignoring case; null where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = nameKey(word);
  if (wanted.length > MAX_COMPARED) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const key = nameKey(candidate);
    if (Math.abs(key.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, key);
    const nothingInCommon = distance === Math.max(wanted.length, key.length);
    if (distance < bestDistance && !nothingInCommon) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * How many characters must be put in, taken out, replaced or swapped with their neighbour to make one
 * text the other: the optimal string alignment distance
 * (https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance).
 */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (beforePrevious[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(replaced, swapped, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
