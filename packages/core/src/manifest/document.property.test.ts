import fc from "fast-check";
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Manifest } from "./read.ts";
import type { DesiredManifest } from "./desired-manifest.ts";
import { spliceManifest } from "./splice.ts";
import { changesOf, keptNotes, keptStretches, type Changes } from "./testing/kept-bytes.ts";
import { desiredOf, mutate, mutations } from "./testing/mutations.ts";
import { isPlainTable, parseToml, readOracle, rowsOf } from "./testing/oracle.ts";
import { read } from "./testing/read.ts";
import { fuzz, PATIENCE, RUNS } from "../testing/fuzz.ts";
import { generatedDocument, type GeneratedDocument } from "./testing/toml-document.ts";
import { SECTIONS, type SectionKey } from "./testing/toml-model.ts";

const NOW = new Date("2026-11-22T08:00:00Z");
const LATER = new Date("2026-11-22T09:00:00Z");

/** Definitions in the shape of the oracle's. */
function definitionsOf({ groups, tags, artifacts }: DesiredManifest) {
  return {
    groups: groups.map(({ definition }) => definition),
    tags: tags.map(({ definition }) => definition),
    artifacts: artifacts.map(({ definition: { name, type, path, tags: words } }) => {
      return { name, type: type.toLowerCase(), path, tags: words };
    }),
  };
}

const SECTION_OF = { artifacts: "artifacts", tag_definitions: "tags", groups: "groups" } as const;

describe("any manifest in any form that TOML allows", () => {
  test(
    "reads like smol-toml reads it",
    () => {
      fc.assert(
        fc.property(generatedDocument, ({ text }) => {
          expect(definitionsOf(desiredOf(read(text)))).toEqual(readOracle(text));
        }),
        fuzz(RUNS),
      );
    },
    PATIENCE,
  );

  test(
    "stays the same text where nothing changed",
    () => {
      fc.assert(
        fc.property(generatedDocument, ({ text }) => {
          const manifest = read(text);
          expect(spliceManifest(manifest, desiredOf(manifest), NOW)).toBe(text);
        }),
        fuzz(RUNS),
      );
    },
    PATIENCE,
  );

  test(
    "holds what was asked for after a write, and all else as it was",
    () => {
      fc.assert(
        fc.property(generatedDocument, mutations, (document, all) => {
          const manifest = read(document.text);
          const desired = mutate(manifest, all);
          const result = spliceManifest(manifest, desired, NOW);
          const changes = changesOf(manifest, desired);
          expect(readOracle(result)).toEqual(definitionsOf(desired));
          expectOtherValuesKept(document.text, result, changes);
          expectBytesKept(document, manifest, desired, result, changes);
          expectNothingLeftToDo(result, desired);
        }),
        fuzz(2 * RUNS),
      );
    },
    PATIENCE,
  );

  test(
    "takes a display name, and keeps all else as it was",
    () => {
      fc.assert(
        fc.property(generatedDocument, fc.string({ minLength: 1 }), ({ text }, displayName) => {
          const manifest = read(text);
          const desired = { ...desiredOf(manifest), displayName };
          const result = spliceManifest(manifest, desired, NOW);
          expect(read(result).collection.name).toBe(displayName);
          assert.deepEqual(withoutName(parseToml(result)), withoutName(parseToml(text)));
          for (const kept of aroundName(manifest)) expect(result).toContain(kept);
          expectNothingLeftToDo(result, desired);
        }),
        fuzz(RUNS),
      );
    },
    PATIENCE,
  );
});

/** What a document holds besides the display name and the time of the last write. */
function withoutName(table: ReturnType<typeof parseToml>): unknown {
  const { collection = {}, ...rest } = table;
  if (!isPlainTable(collection)) return { ...rest, collection };
  const { name: _n, updated: _u, ...other } = collection;
  return { ...rest, collection: { ...other } };
}

/** The stretches of a text that a new display name must leave. */
function aroundName({ text, name, updated }: Manifest): string[] {
  const at = name !== null && "at" in name ? { start: name.at, end: name.at } : name;
  const cuts = [at, updated]
    .filter((place) => place !== null && "start" in place)
    .toSorted((a, b) => a.start - b.start);
  return cuts
    .map(({ start }, index) => text.slice(cuts[index - 1]?.end ?? 0, start))
    .concat(text.slice(cuts.at(-1)?.end ?? 0));
}

/** Every value that is not ours, and every row that is none, is what it was. */
function expectOtherValuesKept(before: string, after: string, changes: Changes): void {
  const [old, now] = [parseToml(before), parseToml(after)];
  for (const section of SECTIONS) {
    const { rows, added } = changes[section];
    const newRows = rowsOf(now, section);
    const staying = [...rowsOf(old, section).entries()].filter(
      ([index]) => rows.get(index) !== "removed",
    );
    expect(newRows.length).toBe(staying.length + added);
    staying.forEach(([index, row], place) => {
      const change = rows.get(index);
      const fields = change === undefined || change === "removed" ? [] : [...change];
      assert.deepEqual(withoutFields(newRows[place], fields), withoutFields(row, fields));
    });
  }
  assert.deepEqual(withoutOwned(now), withoutOwned(old));
}

/** A row without fields; of a list among them what is no text remains, in whatever order. */
function withoutFields(row: unknown, fields: readonly string[]): unknown {
  if (typeof row !== "object" || row === null || fields.length === 0) return row;
  const others = Object.entries(row).filter(([key]) => !fields.includes(key));
  const lists = ["members", "tags"].filter((key) => fields.includes(key));
  const nonTexts = lists.map((key): [string, unknown] => {
    const value: unknown = Reflect.get(row, key);
    const items: unknown[] = Array.isArray(value) ? value : [];
    return [
      key,
      items
        .filter((item) => typeof item !== "string")
        .map((item) => inspect(item))
        .toSorted(),
    ];
  });
  return Object.fromEntries([...others, ...nonTexts]);
}

function withoutOwned(table: ReturnType<typeof parseToml>): unknown {
  const { artifacts: _a, tag_definitions: _t, groups: _g, collection, ...rest } = table;
  if (!isPlainTable(collection)) return { ...rest };
  const { updated: _u, ...other } = collection;
  const isOnlyOurs = Object.keys(other).length === 0;
  return isOnlyOurs ? { ...rest } : { ...rest, collection: { ...other } };
}

/** All bytes but those of rows that changed stay, in their order; comments in such rows stay too. */
function expectBytesKept(
  document: GeneratedDocument,
  manifest: Manifest,
  desired: DesiredManifest,
  result: string,
  changes: Changes,
): void {
  if (!SECTIONS.some((section) => changes[section].isWritten)) {
    expect(result).toBe(document.text);
    return;
  }
  const hasUpdated = document.pieces.some((piece) => piece.field === "updated");
  const stretches = keptStretches(document, changes, hasUpdated);
  let at = 0;
  for (const stretch of stretches) {
    const found = result.indexOf(stretch, at);
    if (found === -1) expect(result.slice(at)).toContain(stretch);
    at = found + stretch.length;
  }
  expect(result.startsWith(stretches[0] ?? "")).toBe(true);
  expect(result.endsWith(stretches.at(-1) ?? "") || isBlank(stretches)).toBe(true);

  const listOf = (section: SectionKey, row: number) => {
    const source = manifest.sections[SECTION_OF[section]].rows[row];
    const key = section === "groups" ? "members" : "tags";
    const pair = desired[SECTION_OF[section]].find(({ from }) => from?.row === source);
    return { old: textsIn(pair?.from?.definition, key), now: textsIn(pair?.definition, key) };
  };
  for (const note of keptNotes(document, changes, listOf)) expect(result).toContain(note);
  const numbers = [...result.matchAll(/# note (\d+) /g)].map((match) => match[1]);
  expect(new Set(numbers).size).toBe(numbers.length);
}

/** A manifest of which nothing stays is not left empty. */
function isBlank(stretches: readonly string[]): boolean {
  return stretches.join("").trim() === "";
}

function textsIn(definition: object | undefined, key: string): string[] {
  const value: unknown = Reflect.get(definition ?? {}, key);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The same wish once more changes nothing, whenever it comes. */
function expectNothingLeftToDo(result: string, desired: DesiredManifest): void {
  const manifest = read(result);
  const again: DesiredManifest = {
    displayName: desired.displayName,
    artifacts: desired.artifacts.map(({ definition }, index) => {
      return { from: manifest.artifacts[index] ?? null, definition };
    }),
    tags: desired.tags.map(({ definition }, index) => {
      return { from: manifest.tags[index] ?? null, definition };
    }),
    groups: desired.groups.map(({ definition }, index) => {
      return { from: manifest.groups[index] ?? null, definition };
    }),
  };
  expect(spliceManifest(manifest, again, LATER)).toBe(result);
}
