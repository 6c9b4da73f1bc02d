import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createWitness, type Witness } from "./witness.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skillmeat-witness-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A minute later than everything that the tests do, so that it is long ago by then. */
const LATER = () => Date.now() + 60_000;

function see(witness: Witness, ...names: string[]) {
  for (const name of names) {
    const path = join(folder, name);
    witness.note(path, false, lstatSync(path, { throwIfNoEntry: false }));
  }
  return witness.seal();
}

test.each<[string, () => void]>([
  ["a file of another size", () => writeFileSync(join(folder, "a"), "longer")],
  ["another text of the same size", () => writeFileSync(join(folder, "a"), "two")],
  [
    "another text of the same size, whose time was put back",
    () => {
      const { atime, mtime } = statSync(join(folder, "a"));
      writeFileSync(join(folder, "a"), "two");
      utimesSync(join(folder, "a"), atime, mtime);
    },
  ],
  [
    "another file under the name",
    () => {
      writeFileSync(join(folder, "other"), "one");
      renameSync(join(folder, "other"), join(folder, "a"));
    },
  ],
  ["other rights", () => chmodSync(join(folder, "a"), 0o600)],
  ["no file any more", () => unlinkSync(join(folder, "a"))],
  ["a file where none was", () => writeFileSync(join(folder, "none"), "")],
  ["a name more in a folder", () => mkdirSync(join(folder, "within", "new"))],
])("%s is noticed", (_, change) => {
  mkdirSync(join(folder, "within"));
  writeFileSync(join(folder, "a"), "one");
  const evidence = see(createWitness(LATER()), "a", "none", "within");
  expect(evidence?.isStillTrue()).toBe(true);
  waitForTick();
  change();
  expect(evidence?.isStillTrue()).toBe(false);
});

/** Until a change has another time than the last one. */
function waitForTick(): void {
  const probe = join(folder, "within", "..", "probe");
  const time = () => {
    writeFileSync(probe, "");
    return lstatSync(probe, { bigint: true }).mtimeNs;
  };
  const before = time();
  while (time() === before);
}

test("where a followed link leads is noticed", () => {
  for (const name of ["a", "b"]) writeFileSync(join(folder, name), "one");
  const link = join(folder, "link");
  symlinkSync("a", link);
  const witness = createWitness(LATER());
  witness.note(link, true, statSync(link));
  const evidence = witness.seal();
  expect(evidence?.isStillTrue()).toBe(true);
  unlinkSync(link);
  symlinkSync("b", link);
  expect(evidence?.isStillTrue()).toBe(false);
});

test("what was changed just now proves nothing, for it may be changed again at the same time", () => {
  writeFileSync(join(folder, "a"), "one");
  expect(see(createWitness(), "a")).toBeNull();
  expect(see(createWitness(LATER()), "a")).not.toBeNull();
});

test("a file from the future proves nothing", () => {
  writeFileSync(join(folder, "a"), "one");
  utimesSync(join(folder, "a"), 4e9, 4e9);
  expect(see(createWitness(LATER()), "a")).toBeNull();
});

test("what could not be looked at proves nothing", () => {
  const witness = createWitness(LATER());
  witness.spoil();
  expect(witness.seal()).toBeNull();
});

test("what cannot be looked at any more has changed", () => {
  writeFileSync(join(folder, "a"), "one");
  const path = join(folder, "a");
  const witness = createWitness(LATER());
  witness.note(path, true, statSync(path));
  const evidence = witness.seal();
  unlinkSync(path);
  symlinkSync("a", path);
  expect(evidence?.isStillTrue()).toBe(false);
});
