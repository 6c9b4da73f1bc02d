import { expect, test } from "vitest";
import { describeMachine, findFileSystem } from "./machine.ts";

const mounts = `/dev/a / ext4 rw 0 0
proc /proc proc rw 0 0
tmpfs /tmp tmpfs rw 0 0
/dev/b /tmp/deep xfs rw 0 0
/dev/c /tmp/deep btrfs rw 0 0
`;

test("a folder is on the file system that is mounted nearest above it, the last one there", () => {
  expect(findFileSystem(mounts, "/home")).toBe("ext4");
  expect(findFileSystem(mounts, "/tmp")).toBe("tmpfs");
  expect(findFileSystem(mounts, "/tmp/deeper")).toBe("tmpfs");
  expect(findFileSystem(mounts, "/tmp/deep/down")).toBe("btrfs");
  expect(findFileSystem("", "/tmp")).toBeNull();
});

test("a machine is described without its name or a path", () => {
  const machine = describeMachine();
  expect(machine.cores).toBeGreaterThan(0);
  expect(JSON.stringify(machine)).not.toMatch(/\/(?:tmp|home|root)\b/);
});
