import { close, closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { messageOf } from "../../errors.ts";
import { fingerprint, type Fingerprint } from "./read-file.ts";

/** A file that is held open while its place is taken: a program that has it open may still write into it. */
export interface Displaced {
  /** As it was when it was opened. */
  readonly bytes: number;
  /** What it holds. */
  text(): Buffer;
  /** What it holds where it was written since it was opened; else null. */
  lateText(): Buffer | null;
  /** Closes it, which frees the blocks of a large file; that is not waited for in this thread. */
  release(): Promise<void>;
}

/** How many displaced files are held at most, and of how many bytes, and for how long, in ms. */
const MOST = 256;
const MOST_BYTES = 256 * 1024 * 1024;
const LONGEST = 2_000;

/**
 * Opens the file at a path before its place is taken.
 * @param expected its fingerprint; whatever it is where none is given
 * @returns null where it cannot be opened, is no file, or is another one by now
 */
export function holdOpen(path: string, expected?: Fingerprint): Displaced | null {
  const fd = openIfPossible(path);
  if (fd === null) return null;
  const stat = fstatSync(fd, { bigint: true });
  const opened = fingerprint(stat);
  if (!stat.isFile() || (expected !== undefined && opened !== expected)) {
    closeSync(fd);
    return null;
  }
  const isStill = () => fingerprint(fstatSync(fd, { bigint: true })) === opened;
  const text = () => readFileSync(fd);
  return {
    bytes: Number(stat.size),
    text,
    lateText: () => (isStill() ? null : text()),
    release: () => closed(fd),
  };
}

const closed = promisify(close);

function openIfPossible(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return null;
  }
}

/** Files that were displaced, until nobody is expected to write into them any more. */
export interface DisplacedFiles {
  /** @param keep is given what is written into it late, and returns where it lies then */
  watch(file: Displaced, keep: (text: Buffer) => Promise<string>): void;
  /** Looks at all of them for the last time. */
  end(): Promise<void>;
}

/**
 * Makes the watch over displaced files of one process.
 * @param onNotice is told what was written late, and where it was kept or why it was not
 */
export function createDisplacedFiles(onNotice: (text: string) => void): DisplacedFiles {
  interface Held {
    readonly file: Displaced;
    readonly keep: (text: Buffer) => Promise<string>;
    readonly timer: NodeJS.Timeout;
  }
  const held = new Set<Held>();
  let bytes = 0;
  const ending = new Set<Promise<void>>();
  const what = "Another program wrote into collection.toml while that was replaced";

  async function keepLate({ file, keep }: Held): Promise<void> {
    try {
      const late = file.lateText();
      if (late !== null && late.length > 0)
        onNotice(`${what}; its text lies in ${await keep(late)}`);
    } catch (error) {
      onNotice(`${what}; its text could not be kept: ${messageOf(error)}`);
    } finally {
      await file.release();
    }
  }

  function letGo(one: Held): void {
    held.delete(one);
    bytes -= one.file.bytes;
    clearTimeout(one.timer);
    const done = keepLate(one).finally(() => ending.delete(done));
    ending.add(done);
  }

  return {
    watch(file, keep) {
      const timer = setTimeout(() => letGo(one), LONGEST);
      timer.unref();
      const one = { file, keep, timer };
      held.add(one);
      bytes += file.bytes;
      for (const oldest of held) {
        if (held.size <= MOST && bytes <= MOST_BYTES) break;
        letGo(oldest);
      }
    },
    async end() {
      for (const one of held) letGo(one);
      await Promise.all(ending);
    },
  };
}
