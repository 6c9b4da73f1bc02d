import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import type { Tally } from "./tally.ts";

/**
 * A vitest reporter that writes a `Tally` to the file named by `TALLY_FILE`. vitest's own JSON
 * leaves out why a test was skipped.
 */
export default function createTallyReporter(): Reporter {
  return {
    onTestRunEnd(modules: readonly TestModule[]) {
      const file = process.env["TALLY_FILE"];
      if (file !== undefined) writeFileSync(file, JSON.stringify(tally(modules)));
    },
  };
}

function tally(modules: readonly TestModule[]): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const broken = modules.filter(
    (module) => module.state() === "failed" && module.errors().length > 0,
  );
  return {
    passed: tests.filter((test) => test.result().state === "passed").length,
    failed: tests.filter((test) => test.result().state === "failed").length + broken.length,
    skipped: tests.flatMap(skip),
  };
}

function skip(test: TestCase): Tally["skipped"] {
  const result = test.result();
  if (result.state !== "skipped") return [];
  const name = `${test.project.name} > ${test.fullName}`;
  return [{ name, reason: result.note ?? "no reason given" }];
}
