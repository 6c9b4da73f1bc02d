import { runCaptured } from "../scripts/run-captured.ts";
import { buildCommand, buildEnv, root } from "../scripts/workspace.ts";

// `npm run bench`: builds, and measures what was built. docs/benchmarks.md, which it writes with --write,
// says how to read it.

async function main(): Promise<void> {
  const build = await runCaptured(buildCommand(), root, buildEnv());
  if (build.code !== 0) {
    console.error(`${build.output.trimEnd()}\nThe build failed.`);
    process.exitCode = 1;
    return;
  }
  // Not before: it loads the core that was built.
  const { runBench } = await import("./command.ts");
  await runBench();
}

// Homes and servers go with the process, also where a person ends it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

await main();
