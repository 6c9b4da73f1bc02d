import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const script = fileURLToPath(new URL("holder.ts", import.meta.url));

/** A process that holds a lock and does nothing else. */
export interface Holder {
  readonly pid: number;
  /** Ends it as a crash would; resolves once it is gone. */
  kill(): Promise<void>;
}

/** Has a process of its own take the write lock of a database; resolves once it holds it. */
export async function holdInProcess(file: string): Promise<Holder> {
  mkdirSync(dirname(file), { recursive: true });
  const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  const [held]: unknown[] = await Promise.race([once(child.stdout, "data"), gone]);
  if (String(held) !== "held\n") throw new Error("The lock could not be taken");
  return { pid: child.pid ?? 0, kill };
}
