import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArtifactType } from "../schema/artifact.ts";
import { discoverArtifacts } from "./discover.ts";

let home: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "skillmeat-discover-")));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(...paths: string[]): void {
  for (const path of paths) {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }
}

/** What is found, as `id from`, and what is skipped, as `from: reason`. */
function discover(path: string, options: { type?: ArtifactType; name?: string } = {}) {
  const { found, skipped } = discoverArtifacts(join(home, path), options);
  return {
    found: found.map(({ type, name, from }) => `${type}:${name} ${relative(home, from)}`),
    paths: found.map((artifact) => artifact.path),
    skipped: skipped.map(({ from, reason }) =>
      `${relative(home, from)}: ${reason}`.replaceAll(`${home}/`, ""),
    ),
  };
}

test("a folder that holds SKILL.md is one skill, whatever else it holds", () => {
  put("pdf/SKILL.md", "pdf/agents/helper.md", "pdf/inner/SKILL.md");
  expect(discover("pdf")).toEqual({ found: ["skill:pdf pdf"], paths: ["skills/pdf"], skipped: [] });
});

test("SKILL.md means its folder", () => {
  put("pdf/SKILL.md");
  expect(discover("pdf/SKILL.md").found).toEqual(["skill:pdf pdf"]);
  expect(discover("pdf/SKILL.md", { type: "skill" }).found).toEqual(["skill:pdf pdf"]);
});

test("a file is what its folder says, or what the caller says", () => {
  put("commands/review.md", "agents/tester.md", "hooks/lint.sh", "mcp/files.json", "notes/idea.md");
  expect(discover("commands/review.md").found).toEqual(["command:review commands/review.md"]);
  expect(discover("agents/tester.md").paths).toEqual(["agents/tester.md"]);
  expect(discover("hooks/lint.sh").paths).toEqual(["hooks/lint.sh"]);
  expect(discover("mcp/files.json").paths).toEqual(["mcp/files.json"]);
  expect(discover("notes/idea.md", { type: "agent" }).paths).toEqual(["agents/idea.md"]);
  expect(discover("commands/review.md", { type: "agent" }).paths).toEqual(["agents/review.md"]);
  expect(discover("notes/idea.md", { type: "workflow" }).paths).toEqual(["workflows/idea.md"]);
});

test("a file of which nobody says what it is, is refused with the way out", () => {
  put("notes/idea.md", "commands/README.md", "commands/x.txt", "skills/loose.md");
  expect(() => discover("notes/idea.md")).toThrow(
    expect.objectContaining({
      code: "invalid-input",
      message: expect.stringContaining("not clear what"),
      hint: expect.stringContaining("--type"),
    }),
  );
  for (const path of ["commands/README.md", "commands/x.txt", "skills/loose.md"]) {
    expect(() => discover(path)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  }
  expect(() => discover("notes/idea.md", { type: "skill" })).toThrow(/folder that holds SKILL\.md/);
});

test("a path where nothing is, a FIFO and a link to nothing are refused", () => {
  execFileSync("mkfifo", [join(home, "pipe.md")]);
  symlinkSync("nowhere", join(home, "dangling"));
  symlinkSync("round", join(home, "round"));
  expect(() => discover("gone")).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(() => discover("dangling")).toThrow(expect.objectContaining({ code: "not-found" }));
  expect(() => discover("pipe.md", { type: "agent" })).toThrow(
    expect.objectContaining({ code: "refused" }),
  );
  expect(() => discover("round")).toThrow(expect.objectContaining({ code: "refused" }));
});

test("in a repository of skills every skill is found, by its own folder's name", () => {
  put(
    "repo/README.md",
    "repo/.git/SKILL.md",
    "repo/.github/workflows/ci.yml",
    "repo/node_modules/x/SKILL.md",
    "repo/template/SKILL.md",
    "repo/skills/pdf/SKILL.md",
    "repo/skills/pdf/agents/part.md",
    "repo/skills/documents/word/SKILL.md",
    "repo/plugins/a/skills/zip/SKILL.md",
    "repo/plugins/a/commands/git/review.md",
    "repo/plugins/a/commands/README.md",
    "repo/plugins/a/agents/tester.md",
    "repo/plugins/a/hooks/hooks.json",
    "repo/plugins/a/hooks/README.md",
  );
  expect(discover("repo")).toEqual({
    found: [
      "skill:pdf repo/skills/pdf",
      "skill:template repo/template",
      "skill:word repo/skills/documents/word",
      "skill:zip repo/plugins/a/skills/zip",
      "command:git:review repo/plugins/a/commands/git/review.md",
      "agent:tester repo/plugins/a/agents/tester.md",
      "hook:hooks repo/plugins/a/hooks/hooks.json",
    ],
    paths: [
      "skills/pdf",
      "skills/template",
      "skills/word",
      "skills/zip",
      "commands/git/review.md",
      "agents/tester.md",
      "hooks/hooks.json",
    ],
    skipped: [],
  });
});

test("a .claude folder is found below a project, and read when it is named", () => {
  put(
    "project/.claude/skills/pdf/SKILL.md",
    "project/.claude/commands/review.md",
    "project/.claude/agents/tester.md",
    "project/.claude/hooks/lint.sh",
    "project/.claude/settings.json",
    "project/.cursor/commands/other.md",
  );
  const ids = ["skill:pdf", "command:review", "agent:tester", "hook:lint"];
  for (const path of ["project", "project/.claude"]) {
    expect(discover(path).found.map((line) => line.split(" ")[0])).toEqual(ids);
  }
});

test("hooks, mcp and workflows in a source tree are code", () => {
  put("app/src/hooks/use-theme.ts", "app/src/mcp/server.ts", "app/src/skills/pdf/SKILL.md");
  put("app/hooks/lint.sh");
  expect(discover("app").found).toEqual([
    "skill:pdf app/src/skills/pdf",
    "hook:lint app/hooks/lint.sh",
  ]);
});

test("a folder of one type is read as that when it is named", () => {
  put("x/commands/git/review.md", "x/commands/agents/sub.md", "x/workflows/release/run.sh");
  put("x/agents/packer/SKILL.md", "x/agents/packer/notes.md", "x/agents/tester.md");
  expect(discover("x/commands").found).toEqual([
    "command:agents:sub x/commands/agents/sub.md",
    "command:git:review x/commands/git/review.md",
  ]);
  expect(discover("x/workflows").found).toEqual(["workflow:release x/workflows/release"]);
  expect(discover("x/agents").found).toEqual([
    "skill:packer x/agents/packer",
    "agent:tester x/agents/tester.md",
  ]);
});

test("a checkout that is called agents is no folder of agents", () => {
  put(
    "agents/.git/HEAD",
    "agents/README.md",
    "agents/docs/usage.md",
    "agents/plugins/a/agents/b.md",
  );
  expect(discover("agents").found).toEqual(["agent:b agents/plugins/a/agents/b.md"]);
});

test("a type takes its own kind alone, and says what a folder is where nothing else does", () => {
  put("repo/skills/pdf/SKILL.md", "repo/agents/tester.md", "flat/tester.md", "flat/deep/other.md");
  put("tool/run.sh", "workflows/nightly/run.sh");
  mkdirSync(join(home, "empty"));
  expect(discover("repo", { type: "agent" }).found).toEqual(["agent:tester repo/agents/tester.md"]);
  expect(discover("flat").found).toEqual([]);
  expect(discover("flat", { type: "agent" }).paths).toEqual([
    "agents/deep/other.md",
    "agents/tester.md",
  ]);
  expect(discover("flat", { type: "skill" }).found).toEqual([]);
  expect(discover("tool", { type: "workflow" }).paths).toEqual(["workflows/tool"]);
  expect(discover("empty", { type: "workflow" }).found).toEqual([]);
  expect(discover("workflows/nightly").found).toEqual(["workflow:nightly workflows/nightly"]);
});

test("of two with one id the second is skipped, with the first", () => {
  put("repo/a/pdf/SKILL.md", "repo/b/pdf/SKILL.md", "repo/hooks/lint.sh", "repo/hooks/lint.json");
  const { found, skipped } = discover("repo");
  expect(found).toEqual(["skill:pdf repo/a/pdf", "hook:lint repo/hooks/lint.json"]);
  expect(skipped).toEqual([
    "repo/b/pdf: repo/a/pdf gives the same skill:pdf",
    "repo/hooks/lint.sh: repo/hooks/lint.json gives the same hook:lint",
  ]);
});

test("links are followed inside the path, and skipped where they leave it", () => {
  put("outside/SKILL.md", "repo/shared/pdf/SKILL.md", "repo/shared/review.md");
  mkdirSync(join(home, "repo/skills"));
  mkdirSync(join(home, "repo/commands"));
  symlinkSync("../../outside", join(home, "repo/skills/evil"));
  symlinkSync("../shared/pdf", join(home, "repo/skills/paper"));
  symlinkSync("../shared/review.md", join(home, "repo/commands/look.md"));
  symlinkSync("..", join(home, "repo/skills/up"));
  const { found, skipped } = discover("repo");
  expect(found).toEqual([
    "skill:paper repo/skills/paper",
    "skill:pdf repo/shared/pdf",
    "command:look repo/commands/look.md",
  ]);
  expect(skipped).toEqual([
    "repo/skills/evil: it is a link that leaves repo",
    "repo/skills/up: it is a link to a folder that holds it",
  ]);
});

test("a link that is named itself is followed", () => {
  put("real/SKILL.md");
  symlinkSync("real", join(home, "pdf"));
  expect(discover("pdf").found).toEqual(["skill:pdf pdf"]);
});

test("names that cannot be are skipped with the reason", () => {
  put("repo/a\nb/SKILL.md", "repo/x:/SKILL.md", "repo/ok/SKILL.md");
  const { found, skipped } = discover("repo");
  expect(found).toEqual(["skill:ok repo/ok"]);
  expect(skipped).toEqual([
    "repo/a\nb: an artifact's name must not hold control characters",
    'repo/x:: "x:" cannot be a file\'s name',
  ]);
});

test("one artifact can be given another name", () => {
  put("pdf/SKILL.md", "hooks/lint.sh", "repo/a/SKILL.md", "repo/b/SKILL.md", "commands/x.md");
  expect(discover("pdf", { name: "paper" })).toMatchObject({
    found: ["skill:paper pdf"],
    paths: ["skills/paper"],
  });
  expect(discover("hooks/lint.sh", { name: "tidy" }).paths).toEqual(["hooks/tidy.sh"]);
  expect(discover("commands/x.md", { name: "git:x" }).paths).toEqual(["commands/git/x.md"]);
  expect(() => discover("repo", { name: "one" })).toThrow(
    expect.objectContaining({
      code: "invalid-input",
      message: expect.stringContaining("2 artifacts"),
    }),
  );
  for (const name of ["../evil", "..", "a:..:..:..:etc", "a\0", ""]) {
    expect(() => discover("pdf", { name })).toThrow(
      expect.objectContaining({ code: "invalid-input" }),
    );
  }
});
