import { existsSync } from "node:fs";
import { join } from "node:path";

// As core's `homePaths` has them; loading the core for two names would make each command start later.
const settingsOf = (home: string) => join(home, "config.toml");
const locksOf = (home: string) => join(home, "locks");

/**
 * The collection that a home's settings name to work on; null where they name none.
 * @throws SkillmeatError `invalid-input` where they cannot be read
 */
export async function readDefaultCollection(home: string): Promise<string | null> {
  const settingsFile = settingsOf(home);
  if (!existsSync(settingsFile)) return null;
  const { readSettings } = await import("@skillmeat/core/settings");
  return readSettings({ settingsFile }).defaultCollection;
}

/**
 * Makes a collection the one that commands work on where none is named.
 * @throws SkillmeatError as the core's `setDefaultCollection`
 */
export async function writeDefaultCollection(home: string, name: string): Promise<void> {
  const { setDefaultCollection } = await import("@skillmeat/core/edit-settings");
  await setDefaultCollection({ settingsFile: settingsOf(home), locks: locksOf(home) }, name);
}
