import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collectionPaths, findLink, readableLinks } from "./collection-paths.ts";
import { NO_SETTINGS } from "./parse-settings.ts";
import { externalEditsOf, readSettings } from "./settings.ts";
import { homeWith } from "./testing.ts";

test("everything that can be set is read, and keys that nobody knows are ignored", () => {
  const settings = readSettings(
    homeWith(`
      default_collection = "work"
      external_edits = "merge"
      backups_kept = 50
      theme = 1
      [collections.Team]
      external_edits = "add"
      color = "red"
      [links]
      team = "/srv/team/"
      own = "~/own skills"
    `),
  );
  expect(settings).toEqual({
    defaultCollection: "work",
    externalEdits: "merge",
    externalEditsOf: new Map([["team", "add"]]),
    backupsKept: 50,
    links: [
      { name: "team", path: "/srv/team" },
      { name: "own", path: join(homedir(), "own skills") },
    ],
  });
});

test("nothing is set where the file or the key is missing", () => {
  expect(readSettings(homeWith(null))).toEqual(NO_SETTINGS);
  expect(readSettings(homeWith("\uFEFF# nothing\n"))).toEqual(NO_SETTINGS);
  expect(readSettings(homeWith('default_collection = ""'))).toEqual(NO_SETTINGS);
});

test("a change of the file is seen by the next call, also that it is gone or broken or mended", () => {
  const paths = homeWith('external_edits = "merge"');
  expect(externalEditsOf(paths, "any")).toBe("merge");
  writeFileSync(paths.settingsFile, 'external_edits = "add" # now');
  expect(externalEditsOf(paths, "any")).toBe("add");
  writeFileSync(paths.settingsFile, "[broken");
  expect(() => readSettings(paths)).toThrow("The settings cannot be read");
  expect(() => readSettings(paths)).toThrow("The settings cannot be read");
  writeFileSync(paths.settingsFile, 'external_edits = "merge" # again');
  expect(externalEditsOf(paths, "any")).toBe("merge");
  rmSync(paths.settingsFile);
  expect(externalEditsOf(paths, "any")).toBe("add");
});

test("a collection's own setting goes before the home's, ignoring case", () => {
  const paths = homeWith(
    'external_edits = "merge"\ncollections = { Work = { external_edits = "add" }, other = {} }',
  );
  expect(["WORK", "other", "third"].map((dir) => externalEditsOf(paths, dir))).toEqual([
    "add",
    "merge",
    "merge",
  ]);
});

test.each([
  ["a = 1\ndefault_collection = ", "config.toml:2:"],
  ["\n  default_collection = 3", "config.toml:2:3 default_collection must be a text"],
  ['external_edits = "all"', 'config.toml:1:1 external_edits must be "add" or "merge"'],
  [
    "[collections.a]\nexternal_edits = 1",
    'config.toml:2:1 external_edits must be "add" or "merge"',
  ],
  ["collections = { a = { external_edits = 1 } }", "config.toml:1:23 external_edits"],
  ["[collections]\na = 1", "config.toml:2:1 The settings of a collection must be a table"],
  ["# Mine\ncollections = 1", "config.toml:2:1 collections must be a table"],
  ['[links]\nteam = "src/team"', "config.toml:2:1 A link's path must be absolute"],
  ["[links]\nok = '/a'\nteam = 4", "config.toml:3:1 A link must be the path of a folder"],
  ['[links]\n"a/b" = "/srv"', "config.toml:2:1"],
])("settings that cannot be read are an error with line and column: %j", (config, message) => {
  expect(() => readSettings(homeWith(config))).toThrow(
    expect.objectContaining({
      code: "invalid-input",
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/^Mend \/.*config\.toml/),
    }),
  );
});

test("what is no file is an error, too", () => {
  const paths = homeWith(null);
  mkdirSync(paths.settingsFile);
  expect(() => readSettings(paths)).toThrow("The settings cannot be read: EISDIR");
});

test("a collection lies in the home, or where it is linked, ignoring case", () => {
  const paths = homeWith('[links]\nTeam = "/srv/team"');
  expect(collectionPaths(paths, "own")).toEqual({
    folder: join(paths.collections, "own"),
    manifest: join(paths.collections, "own", "collection.toml"),
    lock: join(paths.locks, "own.lock"),
    backups: join(paths.backups, "own"),
    backupsKept: 20,
    linked: false,
  });
  expect(collectionPaths(paths, "team")).toEqual({
    folder: "/srv/team",
    manifest: "/srv/team/collection.toml",
    lock: join(paths.locks, "team.lock"),
    backups: join(paths.backups, "team"),
    backupsKept: 20,
    linked: true,
  });
  expect(findLink(paths, "TEAM")).toEqual({ name: "Team", path: "/srv/team" });
  expect(readableLinks(paths)).toEqual([{ name: "Team", path: "/srv/team" }]);
});

test("a name that a person linked although the home has it is refused: neither is written into the other", () => {
  const paths = homeWith('[links]\nteam = "/srv/team"');
  mkdirSync(join(paths.collections, "team"), { recursive: true });
  expect(collectionPaths(paths, "team")).toMatchObject({ linked: true });
  writeFileSync(join(paths.collections, "team", "collection.toml"), "");
  expect(() => collectionPaths(paths, "team")).toThrow(
    expect.objectContaining({
      code: "conflict",
      message: expect.stringContaining('There are two collections "team"'),
      hint: expect.stringContaining(paths.settingsFile),
    }),
  );
});

test("while the settings are broken, what lies in the home goes on, and nothing else is guessed", () => {
  const paths = homeWith("[links\n");
  mkdirSync(join(paths.collections, "own"), { recursive: true });
  const keptAll = { linked: false, backupsKept: Number.POSITIVE_INFINITY };
  expect(collectionPaths(paths, "own")).toMatchObject(keptAll);
  expect(() => collectionPaths(paths, "team")).toThrow("The settings cannot be read");
  expect(readableLinks(paths)).toEqual([]);
});
