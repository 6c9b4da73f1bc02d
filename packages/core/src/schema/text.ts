import { z } from "zod";

/** Lone surrogates cannot be stored as UTF-8, so a text that holds one would not come back as it was. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const LINE_OR_CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** How many characters (code points) a text has. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The key under which a name is unique: NFC and lower case, so that names that differ only by case
 * or by composition are one.
 */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** A name of one line: trimmed, NFC, 1 to `max` characters, no control characters. */
export function oneLine(what: string, max: number) {
  return z
    .string({ error: `${what} must be a text` })
    .transform((text) => text.trim().normalize("NFC"))
    .pipe(
      z
        .string()
        .refine((text) => text !== "", { error: `${what} must not be empty` })
        .refine((text) => characters(text) <= max, {
          error: `${what} must have at most ${max} characters`,
        })
        .refine((text) => !LINE_OR_CONTROL.test(text), {
          error: `${what} must be one line without control characters`,
        })
        .refine((text) => !LONE_SURROGATE.test(text), { error: `${what} must be valid Unicode` }),
    );
}

/** A description: at most 2,000 characters of any number of lines; kept exactly as given. */
export const descriptionSchema = z
  .string()
  .refine((text) => characters(text) <= 2000, {
    error: "A description must have at most 2000 characters",
  })
  .refine((text) => !text.includes("\0"), {
    error: "A description must not hold a NUL character",
  })
  .refine((text) => !LONE_SURROGATE.test(text), { error: "A description must be valid Unicode" });

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** The colours that groups may also name by a word. */
export const GROUP_COLORS = ["slate", "blue", "green", "amber", "rose"] as const;

/** A tag's colour: `#RGB`, `#RRGGBB`, or "" for none. */
export const tagColorSchema = z.string().refine((text) => text === "" || HEX.test(text), {
  error: 'A tag\'s colour must be #RGB or #RRGGBB, or "" for none',
});

/** A group's colour: as a tag's, or one of {@link GROUP_COLORS}. */
export const groupColorSchema = z
  .string()
  .refine((text) => text === "" || HEX.test(text) || GROUP_COLORS.some((word) => word === text), {
    error: `A group's colour must be #RGB, #RRGGBB, one of ${GROUP_COLORS.join(", ")}, or "" for none`,
  });

/** A Lucide icon name (https://lucide.dev/icons), or "" for none. */
export const iconSchema = z
  .string()
  .refine((text) => text === "" || (text.length <= 32 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)), {
    error: "An icon must be a Lucide icon name such as folder-open, at most 32 characters",
  });

/** A path of this machine. */
export const pathSchema = z
  .string()
  .min(1, { error: "Name a file or a folder" })
  .refine((path) => !path.includes("\0"), { error: "A path must not hold a NUL character" });
