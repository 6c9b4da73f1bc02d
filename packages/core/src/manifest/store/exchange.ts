import type { LibraryHandle } from "koffi";
import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";

/**
 * Puts two files in one another's place, at once: at no moment is either path without a file.
 * @returns false where the file system cannot do that
 * @throws what the system says else, with its `code`
 */
export type Exchange = (a: string, b: string) => boolean;

/** `AT_FDCWD` and `RENAME_EXCHANGE` of Linux: renameat2(2). */
const HERE = -100;
const RENAME_EXCHANGE = 2;
/** `RENAME_SWAP` of macOS: renamex_np(2). */
const RENAME_SWAP = 2;

const { ENOSYS, EINVAL, EOPNOTSUPP, ENOTSUP } = constants.errno;
const CANNOT = new Set([ENOSYS, EINVAL, EOPNOTSUPP, ENOTSUP]);

let loaded: Promise<Exchange | null> | undefined;

/**
 * The exchange of this system; null where it has none. Node has no such call, so that it is made by the
 * optional package koffi, where that is installed.
 */
export function loadExchange(): Promise<Exchange | null> {
  loaded ??= load().catch(() => null);
  return loaded;
}

async function load(): Promise<Exchange | null> {
  if (process.platform !== "linux" && process.platform !== "darwin") return null;
  const { default: koffi } = await import("koffi");
  const system = koffi.load(null);
  const call = callOf(system);
  return (a, b) => {
    if (call(a, b) === 0) return true;
    const errno = koffi.errno();
    if (CANNOT.has(errno)) return false;
    throw systemError(errno, a, b);
  };
}

function callOf(system: LibraryHandle): (a: string, b: string) => number {
  if (process.platform === "darwin") {
    const call = system.func("int renamex_np(const char *, const char *, unsigned int)");
    return (a, b) => call(a, b, RENAME_SWAP);
  }
  const call = system.func("int renameat2(int, const char *, int, const char *, unsigned int)");
  return (a, b) => call(HERE, a, HERE, b, RENAME_EXCHANGE);
}

/** An error as Node's own file functions throw it. */
function systemError(errno: number, a: string, b: string): Error {
  const unknown = [`Unknown system error -${errno}`, "unknown error"];
  const [code, message] = getSystemErrorMap().get(-errno) ?? unknown;
  return Object.assign(new Error(`${code}: ${message}, exchange '${a}' and '${b}'`), { code });
}
