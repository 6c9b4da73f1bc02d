import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, release, tmpdir, totalmem, type } from "node:os";

/** What it ran on, without names of people, hosts and places. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Of the folder in which the homes are made; null where that cannot be told. */
  readonly fileSystem: string | null;
  readonly kernel: string;
  readonly node: string;
}

/** Says what this machine is. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? arch(),
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    fileSystem: fileSystemOf(tmpdir()),
    kernel: `${type()} ${release().replace(/-.*/, "")}`,
    node: process.version,
  };
}

function fileSystemOf(folder: string): string | null {
  try {
    return findFileSystem(readFileSync("/proc/self/mounts", "utf8"), folder);
  } catch {
    return null;
  }
}

/** The file system of a folder by a list of mounts as Linux has it; the last of the longest that fits. */
export function findFileSystem(mounts: string, folder: string): string | null {
  let longest = -1;
  let found: string | null = null;
  for (const line of mounts.split("\n")) {
    const [, place = "", kind = ""] = line.split(" ");
    const above = place.endsWith("/") ? place : `${place}/`;
    if (place === "" || place.length < longest || !`${folder}/`.startsWith(above)) continue;
    longest = place.length;
    found = kind;
  }
  return found;
}
