import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fingerprintOf, MISSING, readManifestFile } from "./read-file.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";

test("an empty file has an age, by which a writer that is at work is told", () => {
  const path = join(temporaryFolder(), "collection.toml");
  writeFileSync(path, "");
  utimesSync(path, new Date("2000-01-01"), new Date("2000-01-01"));
  const file = readManifestFile(path);
  const age = file.state === "empty" ? file.age : Number.NaN;
  expect(new Date(Date.now() - age).getUTCFullYear()).toBe(2000);
});

test("a file is read whole, under the fingerprint that it has unread", () => {
  const path = join(temporaryFolder(), "collection.toml");
  for (const text of ["a = 1\n", "", Buffer.from([0xff])]) {
    writeFileSync(path, text);
    expect(readManifestFile(path).fingerprint).toBe(fingerprintOf(path));
  }
  writeFileSync(path, "#".repeat(10_000));
  expect(readManifestFile(path)).toMatchObject({ state: "present", text: "#".repeat(10_000) });
});

test("a FIFO is said to be one, and never opened", () => {
  const path = join(temporaryFolder(), "collection.toml");
  execFileSync("mkfifo", [path]);
  expect(readManifestFile(path)).toMatchObject({
    state: "unreadable",
    problem: { message: "it is a FIFO and not a regular file" },
  });
  expect(fingerprintOf(path)).toMatch(/^a FIFO:/);
});

test("what may not be looked at has the fingerprint as which it is read, and is not missing", ({
  skip,
}) => {
  skip(process.geteuid?.() !== 0, "only root can take a right away from the test");
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "closed"), { mode: 0o700 });
  const path = join(folder, "closed", "collection.toml");
  process.seteuid?.(65_534);
  try {
    const { fingerprint } = readManifestFile(path);
    expect(fingerprint).toBe("error:EACCES");
    expect(fingerprintOf(path)).toBe(fingerprint);
  } finally {
    process.seteuid?.(0);
  }
  expect(fingerprintOf(path)).toBe(MISSING);
});
