import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Captured, runCaptured } from "./run-captured.ts";
import { readTally } from "./tally.ts";
import { buildCommand, buildEnv, root } from "./workspace.ts";

// Runs every check and all tests, one line each, and goes on after a failure. The last line is
// `N passed, N failed`: the checks and the tests together.

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: NodeJS.ProcessEnv;
}

const checks: readonly Check[] = [
  { name: "format", command: ["oxfmt", "--check", "."] },
  { name: "lint", command: ["oxlint", "--deny-warnings"] },
  { name: "types", command: ["tsc", "-p", "tsconfig.check.json"] },
  { name: "web types", command: ["tsc", "-p", "apps/web"] },
  { name: "unused", command: ["knip", "--no-progress"] },
  { name: "build", command: buildCommand(), env: buildEnv() },
];

/** What a check prints is kept and shown as text, also where CI would have it in colour. */
const plain = { NO_COLOR: "1" };

function report(ok: boolean, name: string, { seconds, output }: Captured, note = ""): void {
  console.log(`${ok ? "✓" : "✗"} ${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${note}`);
  if (!ok) console.log(`\n${output.trimEnd()}\n`);
}

/** Runs one check; true where it passed. */
async function check({ name, command, env }: Check): Promise<boolean> {
  const captured = await runCaptured(command, root, { ...process.env, ...env, ...plain });
  const ok = captured.code === 0;
  report(ok, name, captured, ok ? "" : `\`${command.join(" ")}\` failed`);
  return ok;
}

/** Runs all tests with coverage; what else makes vitest fail counts as one failure more. */
async function test(): Promise<{ passed: number; failed: number; skipped: number }> {
  const folder = mkdtempSync(join(tmpdir(), "skillmeat-check-"));
  try {
    const file = join(folder, "tally.json");
    const captured = await runCaptured(
      [
        "vitest",
        "run",
        "--coverage",
        "--reporter=default",
        "--reporter=./scripts/tally-reporter.ts",
      ],
      root,
      { ...process.env, ...plain, TALLY_FILE: file },
    );
    const { passed, failed, skipped } = readTally(file) ?? { passed: 0, failed: 0, skipped: [] };
    const ok = captured.code === 0;
    report(ok, "tests", captured, `${passed} passed, ${failed} failed`);
    for (const { name, reason } of skipped) console.log(`  skipped: ${name} (${reason})`);
    return { passed, failed: ok ? failed : Math.max(failed, 1), skipped: skipped.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const results: boolean[] = [];
  for (const each of checks) results.push(await check(each));
  const tests = await test();
  const passed = results.filter(Boolean).length + tests.passed;
  const failed = results.filter((ok) => !ok).length + tests.failed;
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : "";
  console.log(`${passed} passed, ${failed} failed${skipped}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
