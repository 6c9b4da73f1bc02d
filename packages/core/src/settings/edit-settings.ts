import { parse, type TomlTable } from "smol-toml";
import { isDeepStrictEqual } from "node:util";
import { SkillmeatError } from "../errors.ts";
import { takeLock } from "../manifest/store/lock.ts";
import { tomlString } from "../manifest/toml-text.ts";
import { settingsLockFile, type HomePaths } from "../paths.ts";
import { withDefaultCollection, withLink, withoutLink } from "./edit-text.ts";
import type { CollectionLink } from "./parse-settings.ts";
import { replaceSettings } from "./replace-settings.ts";
import { forgetSettings, readSettings, readSettingsText } from "./settings.ts";

/** Where a home's settings and locks lie. */
export type EditPaths = Pick<HomePaths, "settingsFile" | "locks">;

/** How long to wait for another process that edits the settings, in ms. */
const PATIENCE = 5_000;

/** A person may save the file at the same time; so often is begun anew. */
const TRIES = 5;

/**
 * Makes a collection the one that commands work on where none is named.
 * @throws SkillmeatError `invalid-input` where the file cannot be read, `refused` where it cannot be
 *   changed safely
 */
export function setDefaultCollection(paths: EditPaths, name: string): Promise<void> {
  return edit(paths, {
    text: (text) => withDefaultCollection(text, name),
    table: (table) => tableWith(table, "default_collection", name),
    byHand: `default_collection = ${tomlString(name)}`,
  });
}

/**
 * Notes where a linked collection's folder stands.
 * @throws SkillmeatError `conflict` where the name is linked already, ignoring case, and as
 *   {@link setDefaultCollection}
 */
export function addLink(paths: EditPaths, { name, path }: CollectionLink): Promise<void> {
  return edit(paths, {
    text: (text) => withLink(text, name, path),
    table(table) {
      refuseTaken(linksOf(table), name);
      return tableWith(table, "links", tableWith(linksOf(table), name, path));
    },
    byHand: `${tomlString(name)} = ${tomlString(path)} below [links]`,
  });
}

/**
 * Forgets where a linked collection's folder stands; the folder stays.
 * @param name as the file has it
 * @throws as {@link setDefaultCollection}
 */
export function removeLink(paths: EditPaths, name: string): Promise<void> {
  return edit(paths, {
    text: (text) => withoutLink(text, name),
    table: (table) => {
      const { [name]: _, ...links } = linksOf(table);
      return tableWith(table, "links", links);
    },
    byHand: `no ${tomlString(name)} below [links]`,
  });
}

/** One change of the settings: of their text, and of what a parser makes of that. */
interface SettingsEdit {
  text(before: string): string;
  table(before: TomlTable): TomlTable;
  /** What a person would write to the same end. */
  readonly byHand: string;
}

/** One process at a time reads, changes and replaces the file. */
async function edit(paths: EditPaths, change: SettingsEdit): Promise<void> {
  const lock = await takeLock(settingsLockFile(paths.locks), PATIENCE);
  if (lock === null) throw refused(paths, change, "another process is changing it");
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (changeOnce(paths, change)) return;
    }
  } finally {
    lock.release();
    forgetSettings(paths);
  }
  throw refused(paths, change, "another program keeps changing it");
}

/** @returns false where another program changed the file meanwhile */
function changeOnce(paths: EditPaths, change: SettingsEdit): boolean {
  const { settingsFile: file } = paths;
  forgetSettings(paths);
  readSettings(paths);
  const before = readSettingsText(file);
  const table = tableOf(before ?? "");
  const wanted = change.table(table);
  if (isSame(table, wanted)) return true;
  const after = change.text(before ?? "");
  if (!isSame(readBack(after), wanted)) {
    throw refused(paths, change, "the line cannot be told from what stands around it");
  }
  return replaceSettings(file, after, () => readSettingsText(file) === before);
}

/** Another process may have linked one since it was looked at. */
function refuseTaken(links: TomlTable, name: string): void {
  const taken = Object.keys(links).find((other) => other.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return;
  throw new SkillmeatError(
    "conflict",
    `There is already a collection ${JSON.stringify(taken)}`,
    "Take another name, or look at what is there: skillmeat collection list",
  );
}

function refused({ settingsFile }: EditPaths, { byHand }: SettingsEdit, why: string) {
  return new SkillmeatError(
    "refused",
    `${settingsFile} was not changed: ${why}`,
    `Write ${byHand} in ${settingsFile} yourself, or try again`,
  );
}

function tableOf(text: string): TomlTable {
  return parse(text.replace(/^\uFEFF/, ""), { integersAsBigInt: "asNeeded" });
}

function readBack(text: string): TomlTable | null {
  try {
    return tableOf(text);
  } catch {
    return null;
  }
}

function linksOf({ links }: TomlTable): TomlTable {
  return typeof links === "object" && !Array.isArray(links) && !(links instanceof Date)
    ? { ...links }
    : {};
}

function tableWith(table: TomlTable, key: string, value: TomlTable[string]): TomlTable {
  return { ...table, [key]: value };
}

/** No links at all, and a table that holds none, are the same. */
function isSame(a: TomlTable | null, b: TomlTable): boolean {
  if (a === null) return false;
  return isDeepStrictEqual({ ...a, links: linksOf(a) }, { ...b, links: linksOf(b) });
}
