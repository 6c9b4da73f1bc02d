import { z } from "zod";
import { isSafeSegment } from "./collection.ts";

/**
 * What becomes of a value that manifest and cache both have: with `add` the cache's stands, with
 * `merge` the two are merged with the base.
 */
export const externalEditsSchema = z.enum(["add", "merge"], {
  error: 'external_edits must be "add" or "merge"',
});
export type ExternalEdits = z.infer<typeof externalEditsSchema>;

const linkNameSchema = z.string().refine(isSafeSegment, {
  error: "A link's name is a collection's: without / or \\, and not hidden",
});

/** Relative paths would depend on where a command is typed. */
const linkPathSchema = z
  .string({ error: 'A link must be the path of a folder, such as "/home/me/team-skills"' })
  .refine((path) => /^(?:\/|~\/|[A-Za-z]:[\\/])/.test(path) && !path.includes("\0"), {
    error: "A link's path must be absolute",
  });

/**
 * `config.toml` of a home, as it is written there. Keys that nobody knows are a newer program's, or
 * another's.
 */
export const settingsFileSchema = z.looseObject({
  default_collection: z.string({ error: "default_collection must be a text" }).optional(),
  external_edits: externalEditsSchema.optional(),
  backups_kept: z
    .number({ error: "backups_kept must be a number" })
    .int({ error: "backups_kept must be a whole number" })
    .min(1, { error: "backups_kept must be 1 at least" })
    .optional(),
  collections: z
    .record(
      z.string(),
      z.looseObject(
        { external_edits: externalEditsSchema.optional() },
        { error: "The settings of a collection must be a table" },
      ),
      { error: "collections must be a table" },
    )
    .default({}),
  links: z.record(linkNameSchema, linkPathSchema, { error: "links must be a table" }).default({}),
});
export type SettingsFile = z.infer<typeof settingsFileSchema>;
