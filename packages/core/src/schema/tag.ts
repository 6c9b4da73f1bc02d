import { z } from "zod";
import { collectionRefSchema } from "./collection.ts";
import { nameKey, descriptionSchema, oneLine, tagColorSchema } from "./text.ts";

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const WORD_OR_OTHER = /[a-z0-9]+|[^a-z0-9]/gu;
const LOOKS_ESCAPED = /^u[0-9a-f]{4,6}$/;

export const tagNameSchema = oneLine("A tag's name", 100);

export const slugSchema = z
  .string()
  .max(1000)
  .regex(SLUG, { error: "A slug must be lower-case words joined by hyphens, such as code-review" });

/** Whether a text has the form of a slug. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/**
 * The slug of a tag's name: a pure function that never merges two names, except such as differ only
 * by case or by a single space for a hyphen. What is neither a-z nor 0-9 is written as `u` and its
 * code point in hex, as in Unicode's own notation: `C++` is `c-u002b-u002b`.
 */
export function slugOf(name: string): string {
  const parts: string[] = [];
  const tokens = nameKey(name.trim()).match(WORD_OR_OTHER) ?? [];
  tokens.forEach((token, index) => {
    if (isWord(token)) {
      parts.push(LOOKS_ESCAPED.test(token) ? `${escapeCharacter("u")}-${token.slice(1)}` : token);
    } else if (!joinsWords(token, tokens[index - 1], tokens[index + 1])) {
      parts.push(escapeCharacter(token));
    }
  });
  return parts.join("-");
}

function isWord(token: string | undefined): boolean {
  return token !== undefined && /^[a-z0-9]/.test(token);
}

function joinsWords(token: string, before: string | undefined, after: string | undefined): boolean {
  return (token === " " || token === "-") && isWord(before) && isWord(after);
}

function escapeCharacter(character: string): string {
  return `u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

/** A row of `[[tag_definitions]]`, as far as it is ours. */
export const tagDefinitionSchema = z.object({
  name: z.string(),
  slug: z.string(),
  color: z.string(),
  description: z.string(),
});
export type TagDefinition = z.infer<typeof tagDefinitionSchema>;

/** `defined` says whether the tag has a row of its own, or is a word that artifacts carry. */
export const tagSchema = z.object({
  slug: z.string(),
  name: z.string(),
  color: z.string(),
  description: z.string(),
  defined: z.boolean(),
  artifactCount: z.number().int(),
});
export type Tag = z.infer<typeof tagSchema>;

/** A tag by its slug; a name is understood where no slug is that text. */
export const tagRefSchema = z.string().min(1, { error: "Name a tag" });

export const tagListInputSchema = z.object({ collection: collectionRefSchema });
export type TagListInput = z.infer<typeof tagListInputSchema>;

export const tagGetInputSchema = z.object({ collection: collectionRefSchema, slug: tagRefSchema });
export type TagGetInput = z.infer<typeof tagGetInputSchema>;

export const tagCreateInputSchema = z.object({
  collection: collectionRefSchema,
  name: tagNameSchema,
  slug: slugSchema.optional(),
  color: tagColorSchema.default(""),
  description: descriptionSchema.default(""),
});
export type TagCreateInput = z.infer<typeof tagCreateInputSchema>;

export const tagUpdateInputSchema = z.object({
  collection: collectionRefSchema,
  slug: tagRefSchema,
  name: tagNameSchema.optional(),
  newSlug: slugSchema.optional(),
  color: tagColorSchema.optional(),
  description: descriptionSchema.optional(),
});
export type TagUpdateInput = z.infer<typeof tagUpdateInputSchema>;

export const tagDeleteInputSchema = tagGetInputSchema;
export type TagDeleteInput = TagGetInput;
