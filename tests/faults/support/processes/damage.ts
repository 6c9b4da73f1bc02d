import { closeSync, openSync, rmSync, statSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "@skillmeat/core";
import type { Random } from "../random.ts";

/** What may happen to a cache while processes use it. */
export interface Damage {
  readonly name: string;
  readonly happen: (cacheDir: string, random: Random) => void;
}

const PAGE = 4096;

/** Deletions, and what a broken disk or another program does. The log's index is never cut: it is mapped into memory. */
export const DAMAGES: readonly Damage[] = [
  removal("all of its files deleted", "cache.db", "cache.db-wal", "cache.db-shm"),
  removal("the log deleted before the database", "cache.db-wal", "cache.db-shm", "cache.db"),
  removal("the database alone deleted", "cache.db"),
  removal("the log and its index deleted", "cache.db-wal", "cache.db-shm"),
  removal("the log alone deleted", "cache.db-wal"),
  removal("the log's index alone deleted", "cache.db-shm"),
  removal("the folder deleted", "."),
  {
    name: "emptied",
    happen: (dir) => whereThere(() => truncateSync(join(dir, "cache.db"), 0)),
  },
  {
    name: "cut short",
    happen: (dir, random) =>
      whereThere(() => {
        const file = join(dir, "cache.db");
        truncateSync(file, PAGE * random.below(Math.ceil(statSync(file).size / PAGE) + 1));
      }),
  },
  {
    name: "overwritten by garbage",
    happen: (dir) => whereThere(() => overwrite(join(dir, "cache.db"), 0)),
  },
  {
    name: "overwritten by garbage behind its first page",
    happen: (dir) => whereThere(() => overwrite(join(dir, "cache.db"), PAGE)),
  },
  {
    name: "the log emptied",
    happen: (dir) => whereThere(() => truncateSync(join(dir, "cache.db-wal"), 0)),
  },
  {
    name: "the log overwritten by garbage",
    happen: (dir, random) =>
      whereThere(() => overwrite(join(dir, "cache.db-wal"), random.oneOf([0, 32, PAGE * 8]))),
  },
];

function removal(name: string, ...files: readonly string[]): Damage {
  return {
    name,
    happen: (dir) => {
      for (const file of files) whereThere(() => rmSync(join(dir, file), { recursive: true }));
    },
  };
}

/** The cache may be gone, or be made anew right now. */
function whereThere(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!["ENOENT", "ENOTEMPTY"].includes(systemCode(error))) throw error;
  }
}

function overwrite(file: string, from: number): void {
  const { size } = statSync(file);
  if (size <= from) return;
  const fd = openSync(file, "r+");
  try {
    writeSync(fd, Buffer.alloc(size - from, 0xab), 0, size - from, from);
  } finally {
    closeSync(fd);
  }
}
