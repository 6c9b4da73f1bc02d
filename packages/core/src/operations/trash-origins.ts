import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";

const originSchema = z.object({
  kind: z.enum(["artifact", "collection"]),
  /** The collection that it was in, or was. */
  collection: z.string(),
  /** The artifact's `type:name`, or the collection's directory name. */
  name: z.string(),
  /** Of an artifact, where it was, relative to the collection's folder, with `/`; else "". */
  path: z.string(),
});

/** What something in the trash is, and where it belongs. */
export type TrashOrigin = z.infer<typeof originSchema>;

/** Beside the folders of the trash, and hidden, so that what lies in those is what was removed. */
const ORIGINS = ".origins";

/**
 * Notes what a thing in the trash is. Without the note its name tells something of it, so that a note
 * that cannot be written fails nothing.
 * @param path where the thing lies: in a folder of the trash
 */
export function noteOrigin(path: string, origin: TrashOrigin): void {
  const note = noteOf(path);
  try {
    mkdirSync(dirname(note), { recursive: true });
    writeFileSync(note, `${JSON.stringify(origin, null, 2)}\n`);
  } catch {
    forgetOrigin(path);
  }
}

/** What was noted of a thing in the trash; null where nothing was, or nothing that can be read. */
export function readOrigin(path: string): TrashOrigin | null {
  try {
    return originSchema.parse(JSON.parse(readFileSync(noteOf(path), "utf8")));
  } catch {
    return null;
  }
}

/** Drops the note of a thing that is in the trash no more. */
export function forgetOrigin(path: string): void {
  try {
    rmSync(noteOf(path), { force: true });
  } catch {
    // A note of nothing is never read.
  }
}

function noteOf(path: string): string {
  const folder = dirname(path);
  return join(dirname(folder), ORIGINS, basename(folder), `${basename(path)}.json`);
}
