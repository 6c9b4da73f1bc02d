import { splitFrontmatter, tagWords } from "./frontmatter.ts";
import type { TagIndex } from "./tag-mark.tsx";

/**
 * Which of an artifact's tags stand in its own file, as far as that can be told from here: a word means a tag by
 * its name, then by its slug, as the server reads it. What is overlooked the server refuses to take off.
 */
export function fileTags(
  slugs: readonly string[],
  text: string,
  tags: TagIndex,
): ReadonlySet<string> {
  const words = new Set(tagWords(splitFrontmatter(text).entries).map(keyOf));
  return new Set(
    slugs.filter((slug) => words.has(slug) || words.has(keyOf(tags.get(slug)?.name ?? slug))),
  );
}

function keyOf(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
