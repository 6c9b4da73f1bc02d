import { existsSync, globSync } from "node:fs";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";

// Changes the code of the rooms that a lost byte would come from in thousands of small ways, and lists the
// changes that no test notices:
//
//   npm run test:mutants
//   npm run test:mutants -- --room healing
//   npm run test:mutants -- --mutate packages/core/src/manifest/splice.ts
//
// stryker.config.json holds for every room. Of each room reports/mutants keeps what was found, also where a run
// is interrupted; a later one tries only what has changed since. `--force` tries all again: for a changed
// constant of a module Stryker does not see that a new test might notice it.

const CORE = "packages/core/src";

type MutantResult = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

interface Room {
  readonly name: string;
  /** What it changes, but for what is another room's before it. */
  readonly code: readonly string[];
  /**
   * The tests that stand nearest: what none of them notices runs all of them, so that all tests of
   * core/sync would take half a minute for each such change.
   */
  readonly tests: readonly string[];
}

const rooms: readonly Room[] = [
  { name: "manifest", code: ["manifest/**/*.ts"], tests: ["manifest/**/*.test.ts"] },
  {
    name: "merge",
    code: ["sync/merge/**/*.ts"],
    // The last two are those of merge-file.ts.
    tests: ["sync/merge/**/*.test.ts", "sync/linked.test.ts", "sync/sync-now.test.ts"],
  },
  {
    name: "healing",
    code: ["sync/healing.ts"],
    tests: ["sync/{healing,healed-and-lost,killed-healing}.test.ts"],
  },
  {
    name: "changes",
    code: [
      "sync/{written-text,write-changes,draft-changes,changed-rows,row-order,remake-piece,stored-rows}.ts",
    ],
    tests: ["sync/{written-text.property,write-through,split-bases,write-manifest}.test.ts"],
  },
  {
    name: "writing",
    code: ["sync/{write-*,service,record-failure,git-lock,leftovers,base,bookkeeping,desired}.ts"],
    tests: [
      "sync/{write-*,service,git-lock,leftovers,bookkeeping,desired}.test.ts",
      "sync/{begun-anew,display-name,external-edits,linked,unread-folders}.test.ts",
    ],
  },
  {
    name: "syncing",
    code: [
      "sync/diff/*.ts",
      "sync/{diff-collection,unified-diff,one-sided,losses,removed-rows,sync-now}.ts",
      "sync/{backups,backup-files,keep-newest,restore-backup}.ts",
    ],
    tests: [
      "sync/diff/*.test.ts",
      "sync/{losses,sync-now,push-and-pull,external-edits}.test.ts",
      "sync/{backups,backup-files,restore-backup,interrupted-restore}.test.ts",
    ],
  },
  {
    name: "reading",
    code: ["sync/*.ts"],
    tests: [
      "sync/{discover,look,match,owned-rows,recovery,row-tags,scan-folders,take-*}.test.ts",
      "sync/{display-name,external-edits,seen-again,unread-folders}.test.ts",
    ],
  },
];

const isTest = (file: string) => file.endsWith(".test.ts") || file.includes("/testing/");

/** The files of each room. */
function filesOf(all: readonly Room[]): Map<Room, string[]> {
  const taken = new Set<string>();
  const files = new Map<Room, string[]>();
  for (const room of all) {
    const found = globSync(room.code.map((pattern) => `${CORE}/${pattern}`));
    const own = found.filter((file) => !isTest(file) && !taken.has(file)).toSorted();
    for (const file of own) taken.add(file);
    files.set(room, own);
  }
  return files;
}

async function tryMutants(
  { name, tests }: Room,
  files: readonly string[],
  force: boolean,
): Promise<MutantResult[]> {
  console.log(`\n${name}: ${files.join(" ")}`);
  // Not by Stryker's own `testFiles`: with those it never switches on what changes a module's constants.
  process.env["MUTANTS_TESTS"] = JSON.stringify(tests.map((pattern) => `${CORE}/${pattern}`));
  return new Stryker({
    force,
    mutate: [...files],
    incrementalFile: `reports/mutants/${name}.json`,
    htmlReporter: { fileName: `reports/mutants/${name}.html` },
    tempDirName: `reports/mutants/${name}`,
  }).runMutationTest();
}

interface Score {
  noticed: number;
  tried: number;
}

/** Prints how many were noticed of each file and of all of a room. */
function printScores(name: string, results: readonly MutantResult[]): void {
  const scores = new Map<string, Score>();
  for (const { fileName, status } of results) {
    if (status === "Ignored" || status === "CompileError" || status === "RuntimeError") continue;
    const file = fileName.slice(fileName.indexOf(CORE) + CORE.length + 1);
    for (const key of [file, name]) {
      const score = scores.get(key) ?? { noticed: 0, tried: 0 };
      scores.set(key, score);
      score.tried += 1;
      if (status === "Killed" || status === "Timeout") score.noticed += 1;
    }
  }
  for (const [key, { noticed, tried }] of [...scores].toSorted()) {
    const percent = ((100 * noticed) / tried).toFixed(1);
    console.log(`${key.padEnd(36)} ${percent.padStart(5)} % of ${tried}`);
  }
}

// Tests wait for the disk more than for anything else; memory has fsync for nothing.
if (existsSync("/dev/shm")) process.env["TMPDIR"] ??= "/dev/shm";

const { values } = parseArgs({
  options: {
    room: { type: "string", multiple: true },
    mutate: { type: "string", multiple: true },
    force: { type: "boolean", default: false },
  },
});
const left = new Set([...(values.mutate ?? []), ...(values.room ?? [])]);
const results = new Map<string, MutantResult[]>();
const isAll = left.size === 0;
for (const [room, own] of filesOf(rooms)) {
  const isNamed = left.delete(room.name) || isAll;
  const files = own.filter((file) => left.delete(file) || isNamed);
  if (files.length > 0) results.set(room.name, await tryMutants(room, files, values.force));
}
for (const [name, found] of results) printScores(name, found);
if (left.size > 0) {
  console.error(`There is no such room, and no such file in one: ${[...left].join(", ")}`);
  process.exitCode = 2;
}
