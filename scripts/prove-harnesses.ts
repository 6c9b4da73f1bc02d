import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PLANTS, type Plant } from "../tests/faults/support/plants.ts";
import { runCaptured } from "./run-captured.ts";
import { readTally } from "./tally.ts";
import { root } from "./workspace.ts";

// Proves the harnesses, those of tests/faults and the model: plants each fault in a copy of the sources,
// runs each harness in its short form there, and prints which caught it. Fails where a harness fails
// without a fault, or a fault is caught by none. Arguments choose faults by words of their names.

/** A test that faults may show in. */
interface Harness {
  readonly name: string;
  readonly project: "e2e" | "unit";
  /** Relative to the clone. */
  readonly file: string;
}

/** The tests of the faults themselves find none. */
const harnesses: readonly Harness[] = [
  { name: "model", project: "unit", file: "packages/core/src/sync/model.property.test.ts" },
  ...readdirSync(join(root, "tests/faults"))
    .filter((name) => name.endsWith(".test.ts") && name !== "plants.test.ts")
    .map((name) => ({
      name: name.slice(0, -".test.ts".length),
      project: "e2e" as const,
      file: `tests/faults/${name}`,
    })),
];

/** The row without a fault. */
const SOUND = "none";

/** Copies what git would, with the installed packages. */
function copyWorkspace(to: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((name) => existsSync(join(root, name)))) {
    if (file === "") continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
  symlinkSync(join(root, "node_modules"), join(to, "node_modules"));
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  for (const folder of [...folders, "tests"]) {
    const modules = join(folder, "node_modules");
    if (!existsSync(join(root, modules))) continue;
    cpSync(join(root, modules), join(to, modules), { recursive: true, verbatimSymlinks: true });
  }
}

/** Runs a harness; what it printed tells why it failed. */
async function tryHarness(
  folder: string,
  { name, project, file }: Harness,
): Promise<{ result: "failed" | "passed" | "skipped"; output: string }> {
  const tallyFile = join(folder, "tally.json");
  rmSync(tallyFile, { force: true });
  const { output } = await runCaptured(
    [
      join(root, "node_modules/.bin/vitest"),
      "run",
      `--project=${project}`,
      "--reporter=default",
      "--reporter=./scripts/tally-reporter.ts",
      file,
    ],
    folder,
    { ...process.env, TALLY_FILE: tallyFile, NO_COLOR: "1" },
  );
  const tally = readTally(tallyFile);
  if (tally === null || tally.passed + tally.failed + tally.skipped.length === 0) {
    throw new Error(`${name} could not be run:\n${output}`);
  }
  const result = tally.failed > 0 ? "failed" : tally.passed === 0 ? "skipped" : "passed";
  return { result, output };
}

function plant(folder: string, { file, find, replace }: Plant): () => void {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  return () => writeFileSync(path, text);
}

async function main(words: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-plants-"));
  try {
    copyWorkspace(folder);
    console.log(`| fault | caught by | not by |\n|---|---|---|`);
    const sound = await row(folder, SOUND);
    if (sound.failed.length > 0) process.exitCode = 1;
    const chosen = PLANTS.filter(
      ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
    );
    for (const each of chosen) {
      const restore = plant(folder, each);
      const { failed } = await row(folder, each.name);
      restore();
      if (failed.length === 0) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function row(folder: string, name: string): Promise<{ failed: string[] }> {
  const results = new Map<string, string[]>([
    ["failed", []],
    ["passed", []],
    ["skipped", []],
  ]);
  for (const harness of harnesses) {
    const { result, output } = await tryHarness(folder, harness);
    results.get(result)?.push(harness.name);
    if (result === "failed" && name === SOUND) console.error(output);
  }
  const listOf = (kind: string) => results.get(kind) ?? [];
  const skipped = listOf("skipped").map((harness) => `${harness} (skipped)`);
  const others = [...listOf("passed"), ...skipped].join(", ");
  console.log(`| ${name} | ${listOf("failed").join(", ")} | ${others} |`);
  return { failed: listOf("failed") };
}

await main(process.argv.slice(2));
