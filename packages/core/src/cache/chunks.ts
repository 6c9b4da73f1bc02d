/** How many rows or values one statement carries: well below every database's limit of variables. */
const CHUNK = 500;

/** A list in pieces of at most `size`, in order. */
export function chunksOf<T>(items: readonly T[], size = CHUNK): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    pieces.push(items.slice(start, start + size));
  }
  return pieces;
}
