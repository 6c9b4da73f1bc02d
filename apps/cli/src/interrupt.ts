/** The exit code of a program that a person interrupted: 128 and the number of SIGINT. */
export const INTERRUPTED = 130;

function exitNow(): void {
  process.exit(INTERRUPTED);
}

/** Ends the process with 130 on Ctrl-C. What is half done is safe: a write is whole or not there. */
export function exitOnInterrupt(): void {
  process.on("SIGINT", exitNow);
}

/** Waits for the first SIGINT or SIGTERM, to end in peace; a second Ctrl-C ends at once. */
export function waitForSignal(): Promise<NodeJS.Signals> {
  process.off("SIGINT", exitNow);
  return new Promise((resolve) => {
    const settle = (signal: NodeJS.Signals) => {
      process.off("SIGINT", settle);
      process.off("SIGTERM", settle);
      exitOnInterrupt();
      resolve(signal);
    };
    process.on("SIGINT", settle);
    process.on("SIGTERM", settle);
  });
}
