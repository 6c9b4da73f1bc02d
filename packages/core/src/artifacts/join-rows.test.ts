import { expect, test } from "vitest";
import { idsOf, row, useTestFolder } from "./testing.ts";

const { put, scan } = useTestFolder();

test("rows are joined by path, however they write it", () => {
  put("skills/pdf/SKILL.md");
  put("skills/office/word/SKILL.md");
  put("agents/tester.md");
  const rows = [
    row("skill", "Something else", "./skills/pdf/"),
    row("Skill", "word", "skills//office/word/SKILL.md"),
    row("agent", "tester.md", "agents/tester.md"),
  ];
  const { ids: found, artifacts, problems } = scan(...rows);
  expect(found).toEqual(["skill:office:word", "skill:pdf", "agent:tester"]);
  expect(artifacts.map((artifact) => artifact.row)).toEqual([rows[1], rows[0], rows[2]]);
  expect(problems).toEqual([]);
});

test("rows without a path are joined by type and name; case counts only where it must", () => {
  put("skills/PDF/SKILL.md");
  put("skills/zip/SKILL.md");
  put("skills/ZIP/SKILL.md");
  put("commands/git/review.md");
  const { ids: found, problems } = scan(
    row("skill", "pdf"),
    row("skill", "Zip"),
    row("command", "git:review.md"),
  );
  expect(found).toEqual([
    "skill:PDF",
    "skill:ZIP",
    "skill:Zip (missing)",
    "skill:zip",
    "command:git:review",
  ]);
  expect(problems).toEqual([]);
});

test("a row whose path is stale is joined by name", () => {
  put("skills/pdf/SKILL.md");
  const { artifacts } = scan(row("skill", "pdf", "skills/old-place/pdf"));
  expect(artifacts).toMatchObject([{ name: "pdf", missing: false, path: "skills/pdf" }]);
  expect(artifacts[0]?.row).not.toBeNull();
});

test("a row without files is an artifact that is missing", () => {
  const { artifacts, problems } = scan(
    row("skill", "pdf"),
    row("agent", "tester.md"),
    row("command", "review", "./commands/git/review.md"),
    row("mcp", "files.json"),
  );
  expect(artifacts).toMatchObject([
    { type: "skill", name: "pdf", title: "pdf", path: "", missing: true },
    { type: "command", name: "git:review", path: "commands/git/review.md", missing: true },
    { type: "agent", name: "tester", path: "", missing: true },
    { type: "mcp", name: "files", path: "", missing: true },
  ]);
  expect(problems).toEqual([]);
});

test("an artifact keeps its id when its files go and come", () => {
  const rows = [
    row("command", "review", "commands/git/review.md"),
    row("mcp", "f", "mcp/files.json"),
  ];
  expect(scan(...rows).ids).toEqual(["command:git:review (missing)", "mcp:files (missing)"]);
  put("commands/git/review.md");
  put("mcp/files.json");
  expect(scan(...rows).ids).toEqual(["command:git:review", "mcp:files"]);
});

test("a row may name a place outside the standard folders, and a type that we do not know", () => {
  put("vendor/pdf/SKILL.md", "---\ndescription: Far away\n---\n");
  put("prompts/commit.md", "---\ntitle: Commit\n---\n");
  put("skills/zip/SKILL.md");
  put("skills/zip/agents/packer.md");
  const { artifacts, problems } = scan(
    row("skill", "x", "vendor/pdf"),
    row("prompt", "y", "prompts/commit.md"),
    row("agent", "z", "skills/zip/agents/packer.md"),
    row("idea", "w"),
  );
  expect(idsOf(artifacts)).toEqual([
    "skill:pdf",
    "skill:zip",
    "agent:packer",
    "idea:w (missing)",
    "prompt:commit",
  ]);
  expect(artifacts[0]?.description).toBe("Far away");
  expect(artifacts[4]?.title).toBe("Commit");
  expect(problems).toEqual([]);
});

test("a skill's folder without SKILL.md is reported, and the artifact missing", () => {
  put("skills/pdf/notes.md");
  expect(scan(row("skill", "pdf", "skills/pdf"))).toMatchObject({
    ids: ["skill:pdf (missing)"],
    problems: ['collection.toml:0:0 The skill "pdf": skills/pdf holds no SKILL.md'],
  });
});

test("a row whose type is not its folder's is reported, and the folder counts", () => {
  put("commands/review.md");
  const { ids: found, problems } = scan(row("agent", "review", "commands/review.md"));
  expect(found).toEqual(["command:review"]);
  expect(problems[0]).toContain("it lies where a command lies");
});

test("a row that cannot be an artifact is reported, and takes no other down", () => {
  const { ids: found, problems } = scan(
    row("skill", "../evil"),
    row("skill", ""),
    row("", "typeless"),
    row("a/b", "odd"),
    row("a:b", "odd"),
    row("skill", "pdf"),
  );
  expect(found).toEqual(["skill:pdf (missing)"]);
  expect(problems).toHaveLength(5);
});

test("a second row for one artifact is reported and ignored", () => {
  put("skills/pdf/SKILL.md");
  const first = row("skill", "pdf", "skills/pdf");
  const { artifacts, problems } = scan(
    first,
    row("skill", "other", "skills/pdf/"),
    row("skill", "pdf"),
    row("agent", "gone"),
    row("agent", "gone.md"),
  );
  expect(idsOf(artifacts)).toEqual(["skill:pdf", "agent:gone (missing)"]);
  expect(artifacts[0]?.row).toBe(first);
  expect(problems).toEqual([
    'collection.toml:0:0 The skill "other": it is a second row for skill:pdf; the first counts',
    'collection.toml:0:0 The skill "pdf": it is a second row for skill:pdf; the first counts',
    'collection.toml:0:0 The agent "gone.md": it is a second row for agent:gone; the first counts',
  ]);
});

test("a row decides which of two files is taken", () => {
  put("hooks/lint.sh");
  put("hooks/lint.json", "{}");
  const { artifacts, problems } = scan(
    row("hook", "lint", "hooks/lint.sh"),
    row("hook", "lint", "hooks/lint.json"),
  );
  expect(artifacts).toMatchObject([{ name: "lint", path: "hooks/lint.sh" }]);
  expect(problems).toEqual([
    'collection.toml:0:0 The hook "lint": hooks/lint.sh gives the same hook:lint and was taken',
    "hooks/lint.json:0:0 Left out: hooks/lint.sh gives the same hook:lint and was taken",
  ]);
});

test("a row that names a hidden file, or something below a file, finds no artifact there", () => {
  put("prompts/.hidden");
  put("commands/review.md");
  const { ids: found, problems } = scan(
    row("prompt", "hidden", "prompts/.hidden"),
    row("agent", "part", "commands/review.md/part.md"),
  );
  expect(found).toEqual(["command:review", "agent:part (missing)"]);
  expect(problems).toEqual([
    'collection.toml:0:0 The prompt "hidden": an artifact\'s name must not start with a dot',
  ]);
});
