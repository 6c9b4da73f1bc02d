import { randomUUID } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { CliError } from "./failure.ts";
import { readSettings } from "./settings.ts";

const KEY = "default_collection";
/** The key with its value on one line; what stands behind it, such as a comment, is not in the match. */
const LINE =
  /^([ \t]*(?:default_collection|"default_collection"|'default_collection')[ \t]*=[ \t]*)(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')/m;

/**
 * Makes a collection the one that commands work on where none is named: changes that one line of the
 * home's `config.toml`, and keeps every other byte of it.
 * @throws CliError `invalid-input` where the file cannot be read, `refused` where the line cannot be
 * told from the others
 */
export async function writeDefaultCollection(home: string, name: string): Promise<void> {
  const { defaultCollection } = await readSettings(home);
  if (defaultCollection === name) return;
  const file = join(home, "config.toml");
  const before = readIfThere(file);
  const mark = before.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = mark + withDefault(before.slice(mark.length), name);
  if (!(await differsInKeyAlone(before, text, name))) {
    throw new CliError(
      "refused",
      `The line "${KEY}" in ${file} cannot be changed safely`,
      `Write ${KEY} = ${JSON.stringify(name)} there yourself`,
    );
  }
  mkdirSync(home, { recursive: true });
  replace(file, text);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

/** The text with the line changed, or put where a key of no table may stand. */
function withDefault(text: string, name: string): string {
  const value = JSON.stringify(name);
  if (LINE.test(text)) return text.replace(LINE, (_, start: string) => start + value);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `${KEY} = ${value}${newline}`;
  // Behind a table's header a key would be the table's.
  if (/^[ \t]*\[/m.test(text)) return line + text;
  return text === "" || text.endsWith("\n") ? text + line : text + newline + line;
}

async function differsInKeyAlone(before: string, after: string, name: string): Promise<boolean> {
  const { parse } = await import("smol-toml");
  try {
    return isDeepStrictEqual({ ...parse(after) }, { ...parse(before), [KEY]: name });
  } catch {
    return false;
  }
}

/** As a whole or not at all; a link stays, and so do the file's permissions. */
function replace(file: string, text: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  const path = stat === undefined ? file : realpathSync(file);
  const temporary = join(dirname(path), `.config.toml.${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx", flush: true });
    if (stat !== undefined) chmodSync(temporary, stat.mode & 0o777);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}
