import { spawn } from "node:child_process";
import { once } from "node:events";

/** What a system says of a disk or of itself when a call fails. */
export const ERRNOS = ["ENOSPC", "EIO", "EDQUOT", "EROFS", "EACCES", "EMFILE"] as const;

/** What stands for an errno where a call is not made, and says that it wrote one byte. */
export const SHORT = "SHORT";

/** A call that a thread made. */
export interface TracedCall {
  readonly name: string;
  /** The line of strace, with the paths of descriptors. */
  readonly line: string;
  readonly isInjected: boolean;
}

/** A strace that is attached to a thread. */
export interface Trace {
  /** Lets go of the thread; resolves to the calls that it made meanwhile. */
  detach(): Promise<TracedCall[]>;
}

/** An error to be had from a thread's calls of one kind. */
export interface Injection {
  readonly call: string;
  /** One of {@link ERRNOS}, or {@link SHORT}. */
  readonly errno: string;
  /** Which of the calls fails, from 1. */
  readonly nth: number;
  /** Whether all after it fail as well, as on a disk that stays full. */
  readonly lasts: boolean;
}

/**
 * The calls on files that are made to fail. `close` is not among them: the system closes the file even
 * where it tells of an error, and a call that strace fails is not made. Nor is `fcntl`, with which
 * SQLite locks: a lock that is not given back is no error of a disk.
 */
const CALLS = [
  "open openat creat read pread64 readv preadv write writev pwrite64 pwritev sendfile copy_file_range",
  "fsync fdatasync ftruncate truncate fallocate mmap getdents getdents64",
  "stat lstat fstat newfstatat statx access faccessat faccessat2 readlink readlinkat",
  "rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir",
  "chmod fchmod fchmodat chown fchown fchownat utimensat",
]
  .flatMap((line) => line.split(" "))
  .map((name) => `?${name}`)
  .join(",");

/** Records a thread's calls on files from now on. */
export function recordCalls(thread: number): Promise<Trace> {
  return attach(thread, ["-e", `trace=${CALLS}`]);
}

/** Makes a thread's calls fail from now on. */
export function inject(thread: number, { call, errno, nth, lasts }: Injection): Promise<Trace> {
  const when = `${nth}${lasts ? "+" : ""}`;
  const result = errno === SHORT ? "retval=1" : `error=${errno}`;
  return attach(thread, ["-e", `trace=${call}`, "-e", `inject=${call}:${result}:when=${when}`]);
}

/** Attaches to one thread alone, so that no other one's calls count. */
async function attach(thread: number, options: readonly string[]): Promise<Trace> {
  const strace = spawn(
    "strace",
    ["-p", String(thread), "-y", "-s", "0", "-e", "signal=none", ...options],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const closed = once(strace, "close");
  let printed = "";
  const attached = new Promise<void>((resolve, reject) => {
    strace.on("error", reject);
    strace.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      if (printed.includes(" attached")) resolve();
    });
    closed.then(() => reject(new Error(`strace did not attach: ${printed}`)), reject);
  });
  await attached;
  return {
    async detach() {
      strace.kill("SIGTERM");
      await closed;
      return parse(printed);
    },
  };
}

function parse(printed: string): TracedCall[] {
  return printed.split("\n").flatMap((line) => {
    const name = /^(\w+)\(/.exec(line)?.[1];
    return name === undefined ? [] : [{ name, line, isInjected: line.endsWith("(INJECTED)") }];
  });
}

/** Whether a call was on something below a folder. */
export function isBelow({ line }: TracedCall, folder: string): boolean {
  return line.replace(/AT_FDCWD<[^>]*>/g, "").includes(folder);
}
