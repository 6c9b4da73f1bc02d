import { CommanderError } from "commander";
import { toFailure } from "./failure.ts";
import { asksFor } from "./globals.ts";
import { exitOnInterrupt } from "./interrupt.ts";
import { createOutput } from "./output/output.ts";
import { createProgram } from "./program.ts";

/**
 * Runs one command line and sets the process's exit code.
 * @param argv the arguments without the program
 */
export async function run(argv: readonly string[]): Promise<void> {
  exitOnInterrupt();
  endQuietlyOnClosedPipe();
  try {
    await createProgram(argv).parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    const out = createOutput({ json: asksFor(argv, "--json"), quiet: asksFor(argv, "--quiet") });
    process.exitCode = out.fail(toFailure(error));
  }
}

/** A reader such as `head` may close the pipe before everything is printed; that is no error. */
function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
