import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";

// Changes the code of the rooms that a lost byte would come from in thousands of small ways, and lists the
// changes that no test notices:
//
//   npm run test:mutants
//   npm run test:mutants -- --mutate packages/core/src/manifest/splice.ts
//
// stryker.config.json holds for every room. Of each room reports/mutants keeps what was found, also where a run
// is interrupted; a later one tries only what has changed since. `--force` tries all again: for a changed
// constant of a module Stryker does not see that a new test might notice it.

const CORE = "packages/core/src";

/** A room and its tests alone: with the tests of all rooms a change that none notices would take minutes. */
const rooms = [
  {
    name: "manifest",
    folder: `${CORE}/manifest/`,
    without: [],
    tests: [`${CORE}/manifest/**/*.test.ts`],
  },
  {
    name: "merge",
    folder: `${CORE}/sync/merge/`,
    without: [],
    // The last two are those of merge-file.ts.
    tests: [
      `${CORE}/sync/merge/**/*.test.ts`,
      `${CORE}/sync/linked.test.ts`,
      `${CORE}/sync/sync-now.test.ts`,
    ],
  },
  {
    name: "sync",
    folder: `${CORE}/sync/`,
    without: [`!${CORE}/sync/merge/**`],
    tests: [`${CORE}/sync/*.test.ts`, `${CORE}/sync/diff/*.test.ts`],
  },
] as const;

type Room = (typeof rooms)[number];

async function tryMutants(room: Room, files: readonly string[], force: boolean): Promise<void> {
  console.log(`\n${room.name}: ${files.join(" ")}`);
  // Not by Stryker's own `testFiles`: with those it never switches on what changes a module's constants.
  process.env["MUTANTS_TESTS"] = JSON.stringify(room.tests);
  await new Stryker({
    force,
    mutate: [...files, ...room.without, "!**/*.test.ts", "!**/testing/**"],
    incrementalFile: `reports/mutants/${room.name}.json`,
    htmlReporter: { fileName: `reports/mutants/${room.name}.html` },
    tempDirName: `reports/mutants/${room.name}`,
  }).runMutationTest();
}

// Tests wait for the disk more than for anything else; memory has fsync for nothing.
if (existsSync("/dev/shm")) process.env["TMPDIR"] ??= "/dev/shm";

const { values } = parseArgs({
  options: {
    mutate: { type: "string", multiple: true },
    force: { type: "boolean", default: false },
  },
});
const left = new Set(values.mutate);
for (const room of rooms) {
  const named = [...left].filter((file) => file.startsWith(room.folder));
  for (const file of named) left.delete(file);
  const files = values.mutate === undefined ? [`${room.folder}**/*.ts`] : named;
  if (files.length > 0) await tryMutants(room, files, values.force);
}
if (left.size > 0) {
  console.error(`Only what is in ${rooms.map(({ folder }) => folder).join(", ")} is mutated.`);
  process.exitCode = 2;
}
