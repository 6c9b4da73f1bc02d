import { readFileSync } from "node:fs";
import type { Disk } from "./disk.ts";
import { within, type Traced } from "./trace.ts";

/** Does recorded calls on the model of a disk, one after the other. */
export interface Replay {
  /**
   * Does a call.
   * @returns the paths that it changed, relative to the root; none where it changed nothing of it
   */
  step(call: Traced): string[];
}

/** @param root the folder that is recorded; what lies elsewhere is no part of the model */
export function createReplay(disk: Disk, root: string): Replay {
  const positions = new Map<string, number>();

  function open(path: string, fd: string, flags: string, seq: number): string[] {
    positions.set(fd, 0);
    if (disk.find(path) === null) {
      disk.create(path, seq);
      return [path];
    }
    if (!flags.includes("O_TRUNC")) return [];
    disk.truncate(path, 0, seq);
    return [path];
  }

  function append(path: string, fd: string, bytes: Buffer, seq: number): void {
    const at = positions.get(fd) ?? 0;
    disk.write(path, at, bytes, seq);
    positions.set(fd, at + bytes.length);
  }

  return {
    step(traced) {
      const path = within(root, traced.path);
      const { end: seq } = traced;
      if (traced.call === "link" || traced.call === "rename" || traced.call === "exchange") {
        const to = within(root, traced.to);
        if (path === null && to === null) return [];
        if (path === null || to === null) throw new Error(`${traced.path} crosses the root`);
        disk[traced.call](path, to, seq);
        return [path, to];
      }
      if (path === null) return [];
      switch (traced.call) {
        case "open":
          return open(path, traced.fd, traced.flags, seq);
        case "write":
          if (traced.offset === null) append(path, traced.fd, traced.bytes, seq);
          else disk.write(path, traced.offset, traced.bytes, seq);
          return [path];
        case "copy": {
          const source = within(root, traced.from);
          const bytes = source === null ? readFileSync(traced.from) : disk.read(source);
          disk.write(path, 0, (bytes ?? Buffer.alloc(0)).subarray(0, traced.size), seq);
          return [path];
        }
        case "truncate":
          disk.truncate(path, traced.size, seq);
          return [path];
        case "sync":
          disk.sync(path, traced.start);
          return [];
        case "mkdir":
          disk.mkdir(path, seq);
          return [path];
        case "remove":
          disk.remove(path, seq);
          return [path];
      }
    },
  };
}
