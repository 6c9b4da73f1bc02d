/** The tags that a list of words means, each once, in order: the word under the slug. */
export function tagsOf(
  words: readonly string[],
  match: (word: string) => string,
): Map<string, string> {
  const tags = new Map<string, string>();
  for (const word of words) {
    if (word.trim() === "") continue;
    const slug = match(word);
    if (!tags.has(slug)) tags.set(slug, word);
  }
  return tags;
}

/**
 * Merges a row's tags of the cache and of the file, as sets against the base:
 * `(B∩C∩F) ∪ (C∖B) ∪ (F∖B)`; the file's order first. Where nothing changed here, the result is the
 * file's; where nothing changed there, the cache's.
 */
export function mergeTags(
  base: ReadonlyMap<string, string>,
  cache: ReadonlyMap<string, string>,
  file: ReadonlyMap<string, string>,
): Map<string, string> {
  const merged = new Map<string, string>();
  for (const [slug, word] of file) {
    if (!base.has(slug) || cache.has(slug)) merged.set(slug, word);
  }
  for (const [slug, word] of cache) {
    if (!base.has(slug) && !merged.has(slug)) merged.set(slug, word);
  }
  return merged;
}
