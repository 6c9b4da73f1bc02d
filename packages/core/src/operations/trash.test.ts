import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { withTrash, type TrashRequest } from "./trash.ts";

/** Linux keeps this folder in memory: it is another device than the temporary folder, or that itself. */
const SHARED_MEMORY = "/dev/shm";

function makeFolder(above = tmpdir()): string {
  const folder = mkdtempSync(join(above, "skillmeat-trash-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function moveToTrash(request: TrashRequest): Promise<string> {
  return withTrash(async (move) => move(request));
}

/** Moves something to the trash and fails then. @returns where it lay meanwhile */
async function moveAndFail(request: TrashRequest): Promise<string> {
  let path = "";
  const work = withTrash(async (move) => {
    path = move(request);
    expect(existsSync(request.source)).toBe(false);
    expectWhole(path);
    throw new Error("the commit failed");
  });
  await expect(work).rejects.toThrow("the commit failed");
  return path;
}

/** A folder with a file in it, and a link to that. */
function fill(above: string): string {
  const source = join(above, "source");
  mkdirSync(join(source, "sub"), { recursive: true });
  writeFileSync(join(source, "sub", "run.sh"), "run", { mode: 0o755 });
  symlinkSync("sub/run.sh", join(source, "link"));
  return source;
}

function expectWhole(folder: string): void {
  expect(readFileSync(join(folder, "sub", "run.sh"), "utf8")).toBe("run");
  expect(statSync(join(folder, "sub", "run.sh")).mode & 0o777).toBe(0o755);
  expect(readlinkSync(join(folder, "link"))).toBe("sub/run.sh");
}

test("what is moved is whole, and comes back where what follows fails", async () => {
  const root = makeFolder();
  const source = fill(root);
  const request = { source, folder: join(root, "trash"), label: "a" };
  const path = await moveAndFail(request);
  expectWhole(source);
  expect(existsSync(path)).toBe(false);
  expectWhole(await moveToTrash(request));
});

test("nothing in the trash is replaced", async () => {
  const root = makeFolder();
  const folder = join(root, "trash");
  const texts = Array.from({ length: 20 }, (_, index) => String(index));
  const paths: string[] = [];
  for (const text of texts) {
    const source = join(root, `${text}.md`);
    writeFileSync(source, text);
    paths.push(await moveToTrash({ source, folder, label: "same", ending: ".md" }));
  }
  expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(texts);
  expect(paths.every((path) => path.endsWith(".md"))).toBe(true);
});

test("a link is moved as it is, also one to nothing", async () => {
  const root = makeFolder();
  const source = join(root, "link");
  symlinkSync("nowhere", source);
  const path = await moveToTrash({ source, folder: join(root, "trash"), label: "a/b: c" });
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(basename(path)).toMatch(/^\d{8}T\d{9}Z-a-b-c$/);
});

test("what cannot be moved stays, and the reason is told", async () => {
  const root = makeFolder();
  const source = fill(root);
  writeFileSync(join(root, "trash"), "a file");
  const folder = join(root, "trash", "default");
  await expect(moveToTrash({ source, folder, label: "a" })).rejects.toMatchObject({
    code: "refused",
    message: expect.stringContaining("cannot be moved to the trash: not a directory"),
  });
  expectWhole(source);
});

test("to and from another device it is copied whole, then deleted", async ({ skip }) => {
  const root = makeFolder();
  const there = statSync(SHARED_MEMORY, { throwIfNoEntry: false });
  if (there === undefined || there.dev === statSync(root).dev) {
    skip(`there is no second device at ${SHARED_MEMORY}`);
  }
  const source = fill(makeFolder(SHARED_MEMORY));
  const request = { source, folder: join(root, "trash"), label: "a" };
  const path = await moveAndFail(request);
  expectWhole(source);
  expect(existsSync(path)).toBe(false);
  expectWhole(await moveToTrash(request));
  expect(existsSync(source)).toBe(false);
});
