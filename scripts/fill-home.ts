import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Gives a home that has no collections the examples, all of them or, interrupted, none.
 * @param examples a folder of collection folders
 * @returns whether it did; a home with collections is left as it is
 */
export function fillHome(home: string, examples: string): boolean {
  const collections = join(home, "collections");
  if (existsSync(collections)) return false;
  // As the program makes a home: it will hold the server's token.
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const copy = mkdtempSync(join(home, ".filling-"));
  try {
    cpSync(examples, join(copy, "collections"), { recursive: true });
    renameSync(join(copy, "collections"), collections);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  return true;
}
