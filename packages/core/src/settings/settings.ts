import { readFileSync, statSync } from "node:fs";
import { messageOf, systemCode } from "../errors.ts";
import type { HomePaths } from "../paths.ts";
import type { ExternalEdits } from "../schema/settings.ts";
import { NO_SETTINGS, parseSettings, settingsUnreadable, type Settings } from "./parse-settings.ts";

/** Where a home's settings lie. */
export type SettingsPath = Pick<HomePaths, "settingsFile">;

interface Reading {
  /** Size, times and inode of the file that was read. */
  readonly stat: string;
  /** @throws SkillmeatError where the file could not be read */
  readonly settings: () => Settings;
}

/** What was read last, by path: a call of any kind asks for the settings, and they rarely change. */
const readings = new Map<string, Reading>();

/**
 * The settings of a home; a missing file sets nothing. The file is read again only where it changed.
 * @throws SkillmeatError `invalid-input` with line and column where it cannot be read
 */
export function readSettings({ settingsFile: file }: SettingsPath): Settings {
  const stat = statOf(file);
  if (stat === null) return NO_SETTINGS;
  let reading = readings.get(file);
  if (reading?.stat !== stat) {
    reading = { stat, settings: attempt(file) };
    readings.set(file, reading);
  }
  return reading.settings();
}

/** Forgets what was read: the file was changed here, perhaps within the precision of its times. */
export function forgetSettings({ settingsFile: file }: SettingsPath): void {
  readings.delete(file);
}

/**
 * How a collection's external edits are taken: its own setting, else the home's, else `add`.
 * @param dir the collection's directory name, ignoring case
 * @throws SkillmeatError `invalid-input` where the settings cannot be read
 */
export function externalEditsOf(paths: SettingsPath, dir: string): ExternalEdits {
  const settings = readSettings(paths);
  return settings.externalEditsOf.get(dir.toLowerCase()) ?? settings.externalEdits ?? "add";
}

/** The text of the settings' file; null where there is none. @throws SkillmeatError `invalid-input` */
export function readSettingsText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw settingsUnreadable(file, messageOf(error), error);
  }
}

function attempt(file: string): () => Settings {
  try {
    const text = readSettingsText(file);
    const settings = text === null ? NO_SETTINGS : parseSettings(text, file);
    return () => settings;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** A link is followed: the file may be kept with a person's other settings. */
function statOf(file: string): string | null {
  try {
    const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? null : `${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}:${stat.ino}`;
  } catch (error) {
    throw settingsUnreadable(file, messageOf(error), error);
  }
}
