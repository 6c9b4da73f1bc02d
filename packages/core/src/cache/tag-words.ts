import { isSlug, slugOf } from "../schema/tag.ts";
import { nameKey } from "../schema/text.ts";

/** What of a definition decides which words mean it. */
export interface TagIdentity {
  readonly slug: string;
  readonly name: string;
}

/**
 * Makes the function that says which tag a word in a file means: the definition of that name,
 * ignoring case; else the definition of that slug; else the tag of the word's own slug.
 * @param definitions in order: of two with one name the first is meant
 */
export function createTagMatcher(definitions: readonly TagIdentity[]): (word: string) => string {
  const slugs = new Set(definitions.map((definition) => definition.slug));
  const byName = new Map(
    definitions.toReversed().map((definition) => [nameKey(definition.name), definition.slug]),
  );
  return (word) => {
    const text = word.trim();
    const named = byName.get(nameKey(text));
    if (named !== undefined) return named;
    return isSlug(text) && slugs.has(text) ? text : slugOf(text);
  };
}

/**
 * The word to write for a tag so that it is read back as that tag: its slug, or its name where the
 * slug is another tag's name.
 */
export function wordOf(tag: TagIdentity, match: (word: string) => string): string {
  return match(tag.slug) === tag.slug ? tag.slug : tag.name;
}

/** The slugs under which the words stand that a definition attracts, or would without it. */
export function slugsAround(tag: TagIdentity): string[] {
  const texts = [tag.slug, tag.name.trim()];
  return [...new Set([...texts.map(slugOf), ...texts.filter(isSlug)])];
}
