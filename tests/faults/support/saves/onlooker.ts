import { existsSync, readFileSync, writeSync } from "node:fs";

/** How an onlooker runs, as the one argument that it takes. */
export interface OnlookerOrders {
  readonly file: string;
  /** It reads until this one is there. */
  readonly stopFile: string;
}

/** How often an onlooker read the file, and how often it found none. */
export interface OnlookerReport {
  readonly reads: number;
  readonly missing: number;
}

function main({ file, stopFile }: OnlookerOrders): void {
  let reads = 0;
  let missing = 0;
  while (reads % 50 > 0 || !existsSync(stopFile)) {
    reads += 1;
    try {
      readFileSync(file);
    } catch {
      missing += 1;
    }
  }
  const report: OnlookerReport = { reads, missing };
  process.stdout.write(JSON.stringify(report));
}

if (import.meta.main) {
  writeSync(2, "ready\n");
  main(JSON.parse(process.argv[2] ?? ""));
}
