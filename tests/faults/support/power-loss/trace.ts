import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A call that changes a file or makes it durable; paths are absolute. */
export type Call =
  | { readonly call: "open"; readonly path: string; readonly fd: string; readonly flags: string }
  /** `offset` is null where the descriptor's position counts. */
  | {
      readonly call: "write";
      readonly path: string;
      readonly fd: string;
      readonly offset: number | null;
      readonly bytes: Buffer;
    }
  | { readonly call: "copy"; readonly path: string; readonly from: string; readonly size: number }
  | { readonly call: "truncate"; readonly path: string; readonly size: number }
  | { readonly call: "sync" | "mkdir" | "remove"; readonly path: string }
  | { readonly call: "link" | "rename" | "exchange"; readonly path: string; readonly to: string };

/** A call with the lines of the trace at which it began and ended. */
export type Traced = Call & { readonly start: number; readonly end: number };

/** `?`: not every machine has each. */
const CALLS = [
  "openat open creat write writev pwrite64 pwritev pwritev2 copy_file_range sendfile truncate ftruncate",
  "fallocate fsync fdatasync sync_file_range mkdir mkdirat rmdir unlink unlinkat link linkat symlink",
  "symlinkat rename renameat renameat2",
]
  .flatMap((line) => line.split(" "))
  .map((name) => `?${name}`)
  .join(",");

/**
 * Runs a Node program and records the calls that it makes on files.
 * @param log where strace writes
 * @throws Error where the program fails
 */
export function record(log: string, args: readonly string[], env: NodeJS.ProcessEnv): Traced[] {
  const strace = ["-f", "--seccomp-bpf", "-xx", "-y", "-s", "100000000", "-o", log];
  const ran = spawnSync("strace", [...strace, "-e", `trace=${CALLS}`, process.execPath, ...args], {
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (ran.status !== 0) throw new Error(`The recorded program failed: ${ran.stderr}`);
  return parse(readFileSync(log, "latin1"));
}

/** What stands at a line: a call as a whole, its beginning, or its end. */
const LINE = /^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$/s;

function parse(log: string): Traced[] {
  const begun = new Map<string, { readonly text: string; readonly start: number }>();
  const calls: Traced[] = [];
  log.split("\n").forEach((line, at) => {
    const [, pid = "", name, rest = "", resumed, more = ""] = LINE.exec(line) ?? [];
    if (name !== undefined && rest.endsWith(" <unfinished ...>")) {
      begun.set(pid, { text: rest.slice(0, -" <unfinished ...>".length), start: at });
      return;
    }
    const first = resumed === undefined ? undefined : begun.get(pid);
    const call = toCall(name ?? resumed ?? "", (first?.text ?? "") + (rest || more));
    if (call !== null) calls.push({ ...call, start: first?.start ?? at, end: at });
  });
  return calls.toSorted((a, b) => a.end - b.end);
}

const TOKEN =
  /(?:(-?\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?)|"((?:\\x[0-9a-f]{2})*)"|\[(-?\d+)\]|([A-Z][A-Z_|]+[A-Z]|-?\d+)/g;

interface Token {
  readonly fd: string;
  readonly path: string;
  readonly isDeleted: boolean;
  readonly bytes: Buffer | null;
  readonly word: string;
}

function tokens(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(([, fd = "", path = "", deleted, bytes, offset, word]) => {
    return {
      fd,
      path: unhex(path).toString(),
      isDeleted: deleted !== undefined,
      bytes: bytes === undefined ? null : unhex(bytes),
      word: word ?? offset ?? "",
    };
  });
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll("\\x", ""), "hex");
}

/** A call that succeeded; null for any other, and for one that changes nothing. */
function toCall(name: string, text: string): Call | null {
  const [, args = "", result = ""] = /^(.*)\) += (-?\d+.*)$/s.exec(text) ?? [];
  if (result === "" || result.startsWith("-")) return null;
  const all = tokens(args);
  const [first, second, third] = all;
  if (first === undefined || first.isDeleted) return null;
  const count = Number.parseInt(result, 10);
  const { path, fd } = first;
  const [from = "", to = ""] = pathsOf(all);
  switch (name) {
    case "openat": {
      const flags = third?.word ?? "";
      return /O_CREAT|O_TRUNC|O_WRONLY|O_RDWR/.test(flags)
        ? { call: "open", path: from, fd: String(count), flags }
        : null;
    }
    case "write":
    case "writev":
      return { call: "write", path, fd, offset: null, bytes: written(all, count) };
    case "pwrite64":
    case "pwritev":
      return {
        call: "write",
        path,
        fd,
        offset: Number(all.at(-1)?.word),
        bytes: written(all, count),
      };
    case "copy_file_range":
      return { call: "copy", path: third?.path || (second?.path ?? ""), from: path, size: count };
    case "ftruncate":
      return { call: "truncate", path, size: Number(second?.word) };
    case "fsync":
    case "fdatasync":
      return { call: "sync", path };
    case "mkdir":
    case "mkdirat":
      return { call: "mkdir", path: from };
    case "unlink":
    case "unlinkat":
    case "rmdir":
      return { call: "remove", path: from };
    case "link":
    case "linkat":
      return { call: "link", path: from, to };
    case "rename":
    case "renameat":
    case "renameat2": {
      const isExchange = all.some(({ word }) => word === "RENAME_EXCHANGE");
      return { call: isExchange ? "exchange" : "rename", path: from, to };
    }
    default:
      throw new Error(`The model does not know the call ${name}`);
  }
}

function written(all: readonly Token[], count: number): Buffer {
  const bytes = Buffer.concat(all.flatMap((token) => token.bytes ?? []));
  return bytes.subarray(0, count);
}

/** The paths that a call names, each alone or relative to the folder before it. */
function pathsOf(all: readonly Token[]): string[] {
  const paths: string[] = [];
  let folder = "";
  for (const { path, bytes } of all) {
    if (path !== "") folder = path;
    if (bytes === null) continue;
    const name = bytes.toString();
    paths.push(name.startsWith("/") ? name : join(folder, name));
  }
  return paths;
}

/** A path relative to the root; null where it lies elsewhere, or is memory that is no file's. */
export function within(root: string, path: string): string | null {
  const inside = relative(root, path);
  if (inside.startsWith("..") || inside.startsWith("/") || inside.endsWith("-shm")) return null;
  return inside;
}
