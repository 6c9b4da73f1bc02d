import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createToken } from "./server-file.ts";

/** A key as `createToken` makes it. */
const KEY = /^[\w-]{43}$/;

/**
 * The key that the browsers of a home have in their cookies. It is kept, so that a page which is open goes on when
 * its server is started anew; whoever removes the file shuts out all browsers that were let in before.
 * @param file read by its owner alone; made anew where it is not there, holds no key, or others could read it
 * @throws Error of the system where the file can be neither read nor made
 */
export function keepBrowserKey(file: string): string {
  const kept = readKey(file);
  if (kept !== null) return kept;
  rmSync(file, { force: true });
  const temporary = `${file}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, `${createToken()}\n`, { mode: 0o600, flag: "wx" });
  // The umask may have taken bits away, and must not add any.
  chmodSync(temporary, 0o600);
  try {
    linkSync(temporary, file);
  } catch (error) {
    // Another server of this home was quicker; the key is what stands there.
    if (readKey(file) === null) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readKey(file) ?? createToken();
}

function readKey(file: string): string | null {
  try {
    const isOwn = (statSync(file).mode & 0o077) === 0;
    const key = readFileSync(file, "utf8").trim();
    return isOwn && KEY.test(key) ? key : null;
  } catch {
    return null;
  }
}
