import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { idsOf, row, useTestFolder } from "./testing.ts";

const collection = useTestFolder();
const { put, scan } = collection;

/** Without root's rights, since root may read everything. */
function asOrdinaryUser<T>(work: () => T): T {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

test("paths that leave the collection are refused, and reported", () => {
  put("../outside/SKILL.md");
  symlinkSync("../outside", join(collection.root, "link"));
  const paths = ["/etc", "../outside", "a/../../outside", "C:/x", "a\\b", "a\0b", "link", "link/x"];
  const { ids: found, problems } = scan(...paths.map((path) => row("skill", "evil", path)));
  expect(found).toEqual([]);
  expect(problems.map((problem) => problem.replace(/^.*"evil": /, ""))).toEqual([
    "its path is absolute",
    "its path holds ..",
    "its path holds a backslash; use /",
    "its path holds a NUL character",
    "link is refused: it is a link that leaves the collection",
    "link/x is refused: it is a link that leaves the collection",
  ]);
});

test("links inside the collection are followed", () => {
  put("shared/pdf/SKILL.md", "---\ntitle: Shared\n---\n");
  put("shared/review.md");
  mkdirSync(join(collection.root, "skills"));
  mkdirSync(join(collection.root, "commands"));
  symlinkSync("../shared/pdf", join(collection.root, "skills/paper"));
  symlinkSync("../shared/review.md", join(collection.root, "commands/look.md"));
  const { artifacts, problems } = scan();
  expect(idsOf(artifacts)).toEqual(["skill:paper", "command:look"]);
  expect(artifacts[0]).toMatchObject({ title: "Shared", path: "skills/paper" });
  expect(problems).toEqual([]);
});

test("links that leave the collection or lead nowhere are reported, and not listed", () => {
  put("../outside/SKILL.md", "---\ntitle: Secret\n---\n");
  put("skills/pdf/SKILL.md");
  put("skills/half/notes.md");
  put("workflows/release/WORKFLOW.md");
  rmSync(join(collection.root, "workflows/release/WORKFLOW.md"));
  symlinkSync("../../../outside/SKILL.md", join(collection.root, "workflows/release/WORKFLOW.md"));
  symlinkSync("../../outside", join(collection.root, "skills/evil"));
  symlinkSync("../../../outside/SKILL.md", join(collection.root, "skills/half/SKILL.md"));
  symlinkSync("nowhere", join(collection.root, "skills/dangling"));
  symlinkSync("round", join(collection.root, "skills/round"));
  symlinkSync("../outside", join(collection.root, "agents"));
  const { ids: found, artifacts, problems } = scan();
  expect(found).toEqual(["skill:pdf", "workflow:release"]);
  expect(artifacts.map(({ title }) => title)).not.toContain("Secret");
  expect(problems).toEqual([
    "agents:0:0 Left out: it is a link that leaves the collection",
    "skills/dangling:0:0 Left out: it is a link to nothing",
    "skills/evil:0:0 Left out: it is a link that leaves the collection",
    "skills/half/SKILL.md:0:0 Left out: it is a link that leaves the collection",
    "skills/round:0:0 Left out: its links go in a circle",
    "workflows/release/WORKFLOW.md:0:0 Left out: it is a link that leaves the collection",
  ]);
});

test("a folder next to the collection is not inside it for having its name's beginning", () => {
  put("../collection-two/SKILL.md");
  mkdirSync(join(collection.root, "skills"));
  symlinkSync("../../collection-two", join(collection.root, "skills/two"));
  expect(scan().ids).toEqual([]);
});

test("links that lead in circles come to an end", () => {
  put("commands/a/one.md");
  put("commands/b/two.md");
  symlinkSync("../b", join(collection.root, "commands/a/to-b"));
  symlinkSync("../a", join(collection.root, "commands/b/to-a"));
  symlinkSync("..", join(collection.root, "commands/a/up"));
  const { ids: found, problems } = scan();
  expect(found).toEqual([
    "command:a:one",
    "command:a:to-b:two",
    "command:b:to-a:one",
    "command:b:two",
  ]);
  expect(problems.every((problem) => /link/.test(problem))).toBe(true);
});

test("folders full of links to each other do not multiply without end", () => {
  const folders = Array.from({ length: 12 }, (_, index) => `f${index}`);
  for (const folder of folders) put(`commands/${folder}/one.md`);
  for (const folder of folders) {
    for (const other of folders) {
      if (other !== folder)
        symlinkSync(`../${other}`, join(collection.root, "commands", folder, other));
    }
  }
  const { ids: found, problems } = scan();
  expect(found).toEqual(expect.arrayContaining(folders.map((folder) => `command:${folder}:one`)));
  expect(found).toHaveLength(2 * folders.length);
  expect(problems).toContain("commands/f1/f2:0:0 Left out: another link leads to the same folder");
});

test("a FIFO is reported, and does not block", () => {
  put("commands/review.md");
  put("skills/pdf/notes.md");
  mkdirSync(join(collection.root, "hooks"));
  for (const path of ["hooks/pipe", "commands/pipe.md", "skills/pdf/SKILL.md"]) {
    execFileSync("mkfifo", [join(collection.root, path)]);
  }
  expect(scan(row("command", "pipe", "commands/pipe.md"))).toMatchObject({
    ids: ["command:review"],
    problems: [
      'collection.toml:0:0 The command "pipe": commands/pipe.md is refused: it is neither a file nor a folder',
      "commands/pipe.md:0:0 Left out: it is neither a file nor a folder",
      "hooks/pipe:0:0 Left out: it is neither a file nor a folder",
      "skills/pdf/SKILL.md:0:0 Left out: it is neither a file nor a folder",
    ],
  });
});

test("what may not be read is reported; the artifact whose file it is, is listed", () => {
  put("skills/pdf/SKILL.md", "---\ntitle: Secret\n---\n");
  put("skills/closed/SKILL.md");
  put("commands/review.md");
  chmodSync(join(collection.root, "skills/pdf/SKILL.md"), 0o000);
  chmodSync(join(collection.root, "skills/closed"), 0o000);
  const { ids: found, problems } = asOrdinaryUser(() => scan());
  chmodSync(join(collection.root, "skills/closed"), 0o755);
  expect(found).toEqual(["skill:pdf", "command:review"]);
  expect(problems).toEqual([
    "skills/closed:0:0 Left out: permission denied",
    "skills/pdf/SKILL.md:0:0 It cannot be read: permission denied",
  ]);
});

test("names that cannot be artifacts' names are reported", () => {
  put("commands/a\nb.md");
  put("commands/back\\slash.md");
  expect(scan()).toMatchObject({ ids: [] });
  expect(scan().problems).toHaveLength(2);
});
