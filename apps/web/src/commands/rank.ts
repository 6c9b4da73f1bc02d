/**
 * Says how well a text answers to what a person typed: every word of that has to be in it.
 * @returns the higher the better; 0 where it does not
 */
export function rank(text: string, query: string): number {
  const given = fold(text);
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return 1;
  const places = words.map((word) => placeOf(given, word));
  if (places.includes(0)) return 0;
  const isWhole = given === words.join(" ");
  return Math.min(...places) + (isWhole ? 1 : 0);
}

/** 3 at the start, 2 at the start of a word, 1 within one, 0 nowhere. */
function placeOf(text: string, word: string): number {
  if (text.startsWith(word)) return 3;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1))) return 2;
  }
  return text.includes(word) ? 1 : 0;
}

/** Case and composition are not what a person looks for. */
function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** The best of what answers, in their own order where they answer alike. */
export function best<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  query: string,
  most: number,
): Item[] {
  return items
    .map((item) => ({ item, score: rank(textOf(item), query) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item);
}
