import { parse, TomlError } from "smol-toml";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { messageOf, SkillmeatError } from "../errors.ts";
import { positionAt } from "../manifest/position.ts";
import { scanBlocks, scanInlineTable, type KeyValue } from "../manifest/scan.ts";
import { settingsFileSchema, type ExternalEdits, type SettingsFile } from "../schema/settings.ts";

/** A collection whose folder stands outside the home. */
export interface CollectionLink {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/** What `config.toml` of a home says. */
export interface Settings {
  /** The collection to work on where none is named. */
  readonly defaultCollection: string | null;
  readonly externalEdits: ExternalEdits | null;
  /** Of single collections, by their directory names in lower case. */
  readonly externalEditsOf: ReadonlyMap<string, ExternalEdits>;
  /** How many displaced texts a collection keeps. */
  readonly backupsKept: number;
  readonly links: readonly CollectionLink[];
}

/** What is set where there is no file. */
export const NO_SETTINGS: Settings = {
  defaultCollection: null,
  externalEdits: null,
  externalEditsOf: new Map(),
  backupsKept: 20,
  links: [],
};

/**
 * Reads the text of a `config.toml`.
 * @param file its path, for the error
 * @throws SkillmeatError `invalid-input` with line and column
 */
export function parseSettings(text: string, file: string): Settings {
  const { data, error } = settingsFileSchema.safeParse(parseToml(text, file));
  if (data !== undefined) return settingsOf(data);
  const [issue] = error.issues;
  const { line, column } = positionAt(text, offsetOf(text, issue?.path ?? []));
  throw settingsUnreadable(file, `config.toml:${line}:${column} ${issue?.message ?? ""}`);
}

/** The error for settings that cannot be read as they stand. */
export function settingsUnreadable(file: string, why: string, cause?: unknown): SkillmeatError {
  return new SkillmeatError(
    "invalid-input",
    `The settings cannot be read: ${why}`,
    `Mend ${file}; nothing of it was changed`,
    { cause },
  );
}

function parseToml(text: string, file: string): unknown {
  try {
    // A byte order mark, as some editors write it, is no part of TOML.
    return parse(text.replace(/^\uFEFF/, ""), { integersAsBigInt: "asNeeded" });
  } catch (error) {
    const what = messageOf(error).split("\n", 1)[0] ?? "";
    const place = error instanceof TomlError ? `config.toml:${error.line}:${error.column} ` : "";
    throw settingsUnreadable(file, place + what, error);
  }
}

function settingsOf(data: SettingsFile): Settings {
  const own = Object.entries(data.collections).flatMap(([name, { external_edits: edits }]) =>
    edits === undefined ? [] : [[name.toLowerCase(), edits] as const],
  );
  return {
    defaultCollection: data.default_collection || null,
    externalEdits: data.external_edits ?? null,
    externalEditsOf: new Map(own),
    backupsKept: data.backups_kept ?? NO_SETTINGS.backupsKept,
    links: Object.entries(data.links).map(([name, path]) => ({ name, path: absolute(path) })),
  };
}

/** As a shell reads it: `~/` is the person's own folder. */
function absolute(path: string): string {
  return resolve(path.startsWith("~/") ? join(homedir(), path.slice(2)) : path);
}

/** Where a key stands, or what of it can be found: the innermost table that holds it. */
function offsetOf(text: string, path: readonly PropertyKey[]): number {
  const wanted = path.map(String);
  let best = { depth: 0, offset: 0 };
  const consider = (key: readonly string[], offset: number) => {
    const isOnTheWay = key.length <= wanted.length && key.every((part, at) => part === wanted[at]);
    if (isOnTheWay && key.length > best.depth) best = { depth: key.length, offset };
  };
  const visit = (entry: KeyValue, above: readonly string[]) => {
    const key = [...above, ...entry.key];
    consider(key, entry.start);
    if (text[entry.valueStart] !== "{") return;
    for (const inner of scanInlineTable(text, entry.valueStart)) visit(inner, key);
  };
  for (const block of scanBlocks(text)) {
    consider(block.path, block.start);
    for (const entry of block.entries) visit(entry, block.path);
  }
  return best.offset;
}
