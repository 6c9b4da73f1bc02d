import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyArtifact, isInPlace } from "./copy.ts";
import { discoverArtifacts, type FoundArtifact } from "./discover.ts";
import { scanArtifacts } from "./scan.ts";

let home: string;
let root: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "skillmeat-copy-"));
  root = join(home, "collection");
  mkdirSync(root);
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(path: string, text = ""): void {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function skill(name = "pdf"): FoundArtifact {
  return { type: "skill", name, from: join(home, "pdf"), path: `skills/${name.replace(":", "/")}` };
}

function command(from = "review.md"): FoundArtifact {
  return {
    type: "command",
    name: "git:review",
    from: join(home, from),
    path: "commands/git/review.md",
  };
}

/** All files and folders of the collection, hidden ones too. */
function everything(): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted();
}

test("a folder is copied with all that it holds, and modes", () => {
  put("pdf/SKILL.md", "text");
  put("pdf/scripts/run.sh", "#!/bin/sh\n");
  put("pdf/.env.example", "A=1");
  put("pdf/.git/HEAD", "ref");
  chmodSync(join(home, "pdf/scripts/run.sh"), 0o755);
  mkdirSync(join(home, "pdf/empty"));
  copyArtifact(skill(), root);
  expect(everything()).toEqual([
    "skills",
    "skills/pdf",
    "skills/pdf/.env.example",
    "skills/pdf/SKILL.md",
    "skills/pdf/empty",
    "skills/pdf/scripts",
    "skills/pdf/scripts/run.sh",
  ]);
  expect(read("skills/pdf/SKILL.md")).toBe("text");
  expect(statSync(join(root, "skills/pdf/scripts/run.sh")).mode & 0o777).toBe(0o755);
});

test("a file is copied into a folder that is made for it", () => {
  put("review.md", "text");
  copyArtifact(command(), root);
  expect(everything()).toEqual(["commands", "commands/git", "commands/git/review.md"]);
  expect(read("commands/git/review.md")).toBe("text");
});

test("nothing is overwritten", () => {
  put("pdf/SKILL.md", "new");
  put("review.md", "new");
  put("collection/skills/pdf/SKILL.md", "old");
  put("collection/commands/git/review.md", "old");
  for (const found of [skill(), command()]) {
    expect(() => copyArtifact(found, root)).toThrow(
      expect.objectContaining({ code: "conflict", message: expect.stringContaining(found.path) }),
    );
  }
  expect(read("skills/pdf/SKILL.md")).toBe("old");
  expect(read("commands/git/review.md")).toBe("old");
});

test("what was copied is in its place, and is not once anything in it is another", () => {
  put("pdf/SKILL.md", "text");
  put("pdf/scripts/run.sh", "#!/bin/sh\n");
  put("pdf/.git/HEAD", "ref");
  symlinkSync("scripts/run.sh", join(home, "pdf/link"));
  put("review.md", "text");
  expect([isInPlace(skill(), root), isInPlace(command(), root)]).toEqual([false, false]);
  copyArtifact(skill(), root);
  copyArtifact(command(), root);
  put("collection/skills/pdf/.DS_Store", "x");
  expect([isInPlace(skill(), root), isInPlace(command(), root)]).toEqual([true, true]);

  put("review.md", "TEXT");
  expect(isInPlace(command(), root)).toBe(false);
  const changes: [() => void, () => void][] = [
    [() => put("pdf/more.md", ""), () => rmSync(join(home, "pdf/more.md"))],
    [
      () => put("collection/skills/pdf/more.md", ""),
      () => rmSync(join(root, "skills/pdf/more.md")),
    ],
    [
      () => put("pdf/scripts/run.sh", "#!/bin/ls\n"),
      () => put("pdf/scripts/run.sh", "#!/bin/sh\n"),
    ],
    [() => relink("SKILL.md"), () => relink("scripts/run.sh")],
    [() => relink("../review.md"), () => relink("scripts/run.sh")],
  ];
  for (const [change, changeBack] of changes) {
    change();
    expect(isInPlace(skill(), root)).toBe(false);
    changeBack();
    expect(isInPlace(skill(), root)).toBe(true);
  }

  function relink(target: string): void {
    rmSync(join(home, "pdf/link"));
    symlinkSync(target, join(home, "pdf/link"));
  }
});

test("a file where a folder is, or the reverse, is not in its place", () => {
  put("pdf/SKILL.md", "");
  put("collection/skills/pdf", "");
  put("review.md", "");
  mkdirSync(join(root, "commands/git/review.md"), { recursive: true });
  expect([isInPlace(skill(), root), isInPlace(command(), root)]).toEqual([false, false]);
});

test("a link to nothing and an empty folder at the place count as taken", () => {
  put("pdf/SKILL.md");
  mkdirSync(join(root, "skills"));
  symlinkSync("nowhere", join(root, "skills/pdf"));
  mkdirSync(join(root, "skills/paper"));
  for (const found of [skill(), skill("paper")]) {
    expect(() => copyArtifact(found, root)).toThrow(expect.objectContaining({ code: "conflict" }));
  }
  expect(lstatSync(join(root, "skills/pdf")).isSymbolicLink()).toBe(true);
});

test("a file in the way of a folder is a conflict", () => {
  put("review.md");
  put("collection/commands", "a file");
  expect(() => copyArtifact(command(), root)).toThrow(
    expect.objectContaining({ code: "conflict" }),
  );
  expect(read("commands")).toBe("a file");
});

test("a skill is not put inside another one, where nobody would find it", () => {
  put("pdf/SKILL.md");
  put("collection/skills/office/SKILL.md");
  expect(() => copyArtifact(skill("office:pdf"), root)).toThrow(
    expect.objectContaining({
      code: "conflict",
      message: expect.stringContaining("skills/office"),
    }),
  );
});

test("links inside the artifact stay links that lead inside the copy", () => {
  put("pdf/SKILL.md", "text");
  put("pdf/docs/guide.md", "guide");
  symlinkSync("docs/guide.md", join(home, "pdf/GUIDE.md"));
  symlinkSync(join(home, "pdf/SKILL.md"), join(home, "pdf/docs/absolute.md"));
  symlinkSync(".", join(home, "pdf/self"));
  copyArtifact(skill(), root);
  rmSync(join(home, "pdf"), { recursive: true });
  expect(readlinkSync(join(root, "skills/pdf/GUIDE.md"))).toBe("docs/guide.md");
  expect(read("skills/pdf/GUIDE.md")).toBe("guide");
  expect(read("skills/pdf/docs/absolute.md")).toBe("text");
  expect(read("skills/pdf/self/SKILL.md")).toBe("text");
});

test("links that leave the artifact are refused, and nothing is half-copied", () => {
  put("secret", "secret");
  put("pdf-secrets/key", "secret");
  put("pdf/SKILL.md");
  put("pdf/.git/HEAD");
  const targets = ["../secret", "/etc/passwd", "../pdf-secrets", "nowhere", "zz-link", ".git/HEAD"];
  for (const target of targets) {
    symlinkSync(target, join(home, "pdf/zz-link"));
    expect(() => copyArtifact(skill(), root)).toThrow(
      expect.objectContaining({ code: "refused", message: expect.stringContaining("zz-link") }),
    );
    rmSync(join(home, "pdf/zz-link"));
    expect(everything()).toEqual(["skills"]);
  }
  copyArtifact(skill(), root);
  expect(everything()).toEqual(["skills", "skills/pdf", "skills/pdf/SKILL.md"]);
});

test("a FIFO is refused, does not block, and nothing is half-copied", () => {
  put("pdf/SKILL.md");
  execFileSync("mkfifo", [join(home, "pdf/pipe")]);
  expect(() => copyArtifact(skill(), root)).toThrow(
    expect.objectContaining({ code: "refused", message: expect.stringContaining("pipe") }),
  );
  expect(everything()).toEqual(["skills"]);
});

test("an artifact that is a link itself is copied as what it leads to", () => {
  put("real/SKILL.md", "text");
  put("elsewhere.md", "text");
  symlinkSync("real", join(home, "pdf"));
  symlinkSync("elsewhere.md", join(home, "review.md"));
  copyArtifact(skill(), root);
  copyArtifact(command(), root);
  expect(lstatSync(join(root, "skills/pdf")).isDirectory()).toBe(true);
  expect(lstatSync(join(root, "commands/git/review.md")).isFile()).toBe(true);
});

test("a folder of the collection that leads out of it is refused", () => {
  put("pdf/SKILL.md");
  put("outside/keep");
  symlinkSync("../outside", join(root, "skills"));
  for (const found of [skill(), { ...skill(), path: "../outside/pdf" }]) {
    expect(() => copyArtifact(found, root)).toThrow(expect.objectContaining({ code: "refused" }));
  }
  expect(readdirSync(join(home, "outside"))).toEqual(["keep"]);
});

test("a folder that holds the collection is refused", () => {
  put("SKILL.md");
  const found = { ...skill(), from: home };
  expect(() => copyArtifact(found, root)).toThrow(
    expect.objectContaining({ code: "refused", message: expect.stringContaining("inside it") }),
  );
  expect(everything()).toEqual([]);
});

test("a source or a collection that is gone is not found, and no folder is made for it", () => {
  put("pdf/SKILL.md");
  expect(() => copyArtifact({ ...skill(), from: join(home, "gone") }, root)).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
  expect(() => copyArtifact(skill(), join(home, "no-collection"))).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
  expect(existsSync(join(home, "no-collection"))).toBe(false);
});

test("what was found and copied is found in the collection, with the same ids", () => {
  const repository = join(home, "repo");
  for (const path of ["skills/pdf/SKILL.md", "commands/git/review.md", "hooks/lint.sh"]) {
    put(`repo/plugins/a/${path}`);
  }
  put("repo/mcp/files/server.json", "{}");
  const { found } = discoverArtifacts(repository, {});
  for (const artifact of found) copyArtifact(artifact, root);
  const { artifacts, problems } = scanArtifacts(root, []);
  expect(artifacts.map(({ type, name, path }) => ({ type, name, path }))).toEqual(
    found.map(({ type, name, path }) => ({ type, name, path })),
  );
  expect(artifacts).toHaveLength(4);
  expect(problems).toEqual([]);
});
