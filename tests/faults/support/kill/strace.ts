import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/** Why strace cannot be used here; null where it can. */
export function straceProblem(): string | null {
  const { status, error, stderr } = spawnSync("strace", ["-o", "/dev/null", "true"], {
    encoding: "utf8",
  });
  if (error !== undefined) return "no strace; install the package strace";
  return status === 0 ? null : `strace may not trace here: ${stderr.trim()}`;
}

/** The calls that change what outlives a process. `?`: not every machine has each. */
const CHANGING: string = [
  "open openat creat write writev pwrite64 pwritev pwritev2 sendfile copy_file_range",
  "fsync fdatasync sync_file_range ftruncate truncate fallocate",
  "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir",
  "chmod fchmod fchmodat chown fchown fchownat utimensat",
]
  .flatMap((line) => line.split(" "))
  .map((name) => `?${name}`)
  .join(",");

/** Calls that only look at what outlives a process, or lock it. */
const LOOKING: string = [
  "%file",
  "?read",
  "?pread64",
  "?fstat",
  "?getdents64",
  "?fcntl",
  "?close",
].join(",");

/** Which calls are tried: those that change something, or those that look at it as well. */
export const CALLS = { changing: CHANGING, all: `${CHANGING},${LOOKING}` } as const;

/** A strace that is attached. */
export interface Trace {
  /** Resolves to what it printed once the thread is gone. */
  readonly output: Promise<string>;
}

/** Counts a thread's calls from now on. */
export function countCalls(thread: number, calls: string): Promise<Trace> {
  return attach(thread, ["-y", "-e", `trace=${calls}`, "-e", "signal=none"]);
}

/** Kills a thread's process when the thread is about to make its Nth call of one kind from now on. */
export function killAt(thread: number, call: string, nth: number): Promise<Trace> {
  return attach(thread, ["-e", `trace=${call}`, "-e", `inject=${call}:signal=KILL:when=${nth}`]);
}

/** Attaches to one thread alone, so that no other one's calls count. */
async function attach(thread: number, options: readonly string[]): Promise<Trace> {
  const strace = spawn("strace", ["-p", String(thread), ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const closed = once(strace, "close");
  let printed = "";
  const attached = new Promise<void>((resolve, reject) => {
    strace.on("error", reject);
    strace.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      if (printed.includes(" attached")) resolve();
    });
    void closed.then(() => reject(new Error(`strace did not attach: ${printed}`)));
  });
  await attached;
  return { output: closed.then(() => printed) };
}

/** A wakeup of another thread: it goes to no file, and how many there are depends on the moment. */
const WAKEUP = /^write\(\d+<[^>]*eventfd/;

/**
 * The calls in what `countCalls` printed, each with its number among those of its name. Wakeups are
 * numbered, since strace counts them.
 * @param withWakeups whether they are given, too: then a call that comes at another number since there
 * were more of them is met all the same
 */
export function readCalls(output: string, withWakeups: boolean): { call: string; nth: number }[] {
  const counts = new Map<string, number>();
  const calls = [];
  for (const line of output.split("\n")) {
    const call = /^(\w+)\(/.exec(line)?.[1];
    if (call === undefined) continue;
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    if (withWakeups || !WAKEUP.test(line)) calls.push({ call, nth });
  }
  return calls;
}
