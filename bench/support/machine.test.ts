import { expect, test } from "vitest";
import { describeMachine, findFileSystem } from "./machine.ts";

const mounts = `/dev/a / ext4 rw 0 0
proc /proc proc rw 0 0
tmpfs /data tmpfs rw 0 0
/dev/b /data/deep xfs rw 0 0
/dev/c /data/deep btrfs rw 0 0
`;

test("a folder is on the file system that is mounted nearest above it, the last one there", () => {
  expect(findFileSystem(mounts, "/home")).toBe("ext4");
  expect(findFileSystem(mounts, "/data")).toBe("tmpfs");
  expect(findFileSystem(mounts, "/data/deeper")).toBe("tmpfs");
  expect(findFileSystem(mounts, "/data/deep/down")).toBe("btrfs");
  expect(findFileSystem("", "/data")).toBeNull();
});

test("a machine is described without its name or a path", () => {
  const machine = describeMachine();
  expect(machine.cores).toBeGreaterThan(0);
  expect(JSON.stringify(machine)).not.toMatch(/\/(?:tmp|home|root)\b/);
});
