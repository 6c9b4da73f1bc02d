#!/usr/bin/env node
import module from "node:module";

// Nothing else may load before this: on an older Node the database's binary ends the process without a word.
const MINIMUM = 22;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (Number.parseInt(process.versions.node, 10) < MINIMUM) {
    refuse(argv.includes("--json"));
    return;
  }
  module.enableCompileCache();
  const { run } = await import("./run.ts");
  await run(argv);
}

function refuse(json: boolean): void {
  const message = `SkillMeat needs Node ${MINIMUM} or newer; this is Node ${process.versions.node}`;
  const hint = "Install a newer Node: https://nodejs.org";
  process.exitCode = 1;
  if (json) {
    const error = { code: "unsupported-node", message, hint };
    process.stdout.write(`${JSON.stringify({ error })}\n`);
  } else {
    process.stderr.write(`Error: ${message}\nHint: ${hint}\n`);
  }
}

void main();
