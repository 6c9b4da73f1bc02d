import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scanArtifacts } from "./scan.ts";
import { idsOf, row, useTestFolder } from "./testing.ts";

const folder = useTestFolder();
const { put, scan } = folder;

test("an empty collection, and one without a folder, hold nothing", () => {
  expect(scan()).toEqual({ ids: [], artifacts: [], problems: [] });
  expect(scanArtifacts(join(folder.root, "gone"), [])).toEqual({
    artifacts: [],
    problems: [],
    unread: [],
  });
});

test("all types are found where they lie, sorted by type and name", () => {
  put("workflows/release/WORKFLOW.md");
  put("workflows/nightly.yaml");
  put("mcp/files.json", "{}");
  put("hooks/format.sh");
  put("hooks/guard/run.py");
  put("agents/tester.md");
  put("commands/review.md");
  put("commands/git/log/tidy.md");
  put("skills/zip/SKILL.md");
  put("skills/pdf/SKILL.md");
  put("skills/office/word/SKILL.md");
  const { ids: found, artifacts, problems } = scan();
  expect(found).toEqual([
    "skill:office:word",
    "skill:pdf",
    "skill:zip",
    "command:git:log:tidy",
    "command:review",
    "agent:tester",
    "hook:format",
    "hook:guard",
    "mcp:files",
    "workflow:nightly",
    "workflow:release",
  ]);
  expect(artifacts.map(({ path }) => path)).toEqual([
    "skills/office/word",
    "skills/pdf",
    "skills/zip",
    "commands/git/log/tidy.md",
    "commands/review.md",
    "agents/tester.md",
    "hooks/format.sh",
    "hooks/guard",
    "mcp/files.json",
    "workflows/nightly.yaml",
    "workflows/release",
  ]);
  expect(problems).toEqual([]);
});

test("what is no artifact is left alone without a word", () => {
  put("README.md");
  put("notes/pdf/SKILL.md");
  put("skills/README.md");
  put("skills/empty/notes.md");
  put("skills/.draft/SKILL.md");
  put("skills/pdf/SKILL.md");
  put("skills/pdf/inner/SKILL.md");
  put("commands/README.md");
  put("commands/git/readme.md");
  put("commands/notes.txt");
  put("commands/.hidden.md");
  put("hooks/README.md");
  put("hooks/LICENSE");
  put("hooks/.gitkeep");
  put("hooks/node_modules/x.js");
  expect(scan()).toMatchObject({ ids: ["skill:pdf"], problems: [] });
});

test("frontmatter gives title, description and tags, also of folders of other types", () => {
  put("skills/pdf/SKILL.md", "---\nname: PDF tools\ndescription: Reads PDFs\ntags: [a]\n---\n");
  put("commands/review.md", "---\ntitle: Review it\nname: rev\ntags: b, c\n---\n");
  put("workflows/release/README.md", "---\ntitle: Wrong\n---\n");
  put("workflows/release/WORKFLOW.md", "---\ntitle: Release\n---\n");
  put("hooks/guard/README.md", "---\ndescription: Guards\n---\n");
  put("mcp/files.json", '\uFEFF{"name":"Files","description":"Serves","tags":["d",1]}');
  const { artifacts, problems } = scan();
  const shown = artifacts.map(({ title, description, frontmatterTags }) => [
    title,
    description,
    ...frontmatterTags,
  ]);
  expect(shown).toEqual([
    ["PDF tools", "Reads PDFs", "a"],
    ["Review it", "", "b", "c"],
    ["guard", "Guards"],
    ["Files", "Serves", "d", "1"],
    ["Release", ""],
  ]);
  expect(problems).toEqual([]);
});

test("a row gives title and description where the file gives none", () => {
  put("commands/review.md");
  put("commands/other.md", "---\ntitle: Mine\ndescription: My own\n---\n");
  const given = { title: "Row", description: "From the row", tags: ["x"] };
  const rows = [
    { ...row("command", "review"), ...given },
    { ...row("command", "other"), ...given },
  ];
  const { artifacts } = scan(...rows);
  expect(artifacts).toMatchObject([
    { name: "other", title: "Mine", description: "My own", row: rows[1] },
    {
      name: "review",
      title: "Row",
      description: "From the row",
      row: rows[0],
      frontmatterTags: [],
    },
  ]);
});

test("broken frontmatter and JSON are reported, and the artifact is listed", () => {
  put("skills/pdf/SKILL.md", "---\nname: pdf\ntags: [a\nx: 1\n---\n");
  put("mcp/files.json", "{ nope");
  put("mcp/list.json", "[1]");
  const { ids: found, problems } = scan();
  expect(found).toEqual(["skill:pdf", "mcp:files", "mcp:list"]);
  expect(problems[0]).toMatch(/^mcp\/files\.json:1:3 It is not valid JSON/);
  expect(problems[1]).toMatch(/^skills\/pdf\/SKILL\.md:4:1 The frontmatter is not valid YAML/);
  expect(problems).toHaveLength(2);
});

test("of a large file the frontmatter alone is read, and large JSON is not", () => {
  put("skills/pdf/SKILL.md", `---\nname: Big\n---\n${"x".repeat(2_000_000)}`);
  put("skills/endless/SKILL.md", `---\n${"# x\n".repeat(100_000)}`);
  put("mcp/files.json", JSON.stringify({ name: "Files", x: "y".repeat(1_100_000) }));
  const { artifacts, problems } = scan();
  expect(artifacts.map(({ title }) => title)).toEqual(["endless", "Big", "files"]);
  expect(problems).toEqual([
    "mcp/files.json:0:0 It is longer than 1 MB; its title, description and tags were not read",
    "skills/endless/SKILL.md:1:1 The frontmatter is longer than 64 KB and was not read",
  ]);
});

test("of two files that give one id the describing one is taken, and the other reported", () => {
  put("hooks/lint.sh");
  put("hooks/lint.json", "{}");
  put("skills/a:b/SKILL.md");
  put("skills/a/b/SKILL.md");
  const { artifacts, problems } = scan();
  expect(artifacts.map(({ path }) => path)).toEqual(["skills/a/b", "hooks/lint.json"]);
  expect(problems).toEqual([
    "hooks/lint.sh:0:0 Left out: hooks/lint.json gives the same hook:lint and was taken",
    "skills/a:b:0:0 Left out: skills/a/b gives the same skill:a:b and was taken",
  ]);
});

test("a file where a type's folder is expected is reported", () => {
  put("mcp", "not a folder");
  expect(scan().problems).toEqual(["mcp:0:0 Left out: it is a file where a folder is expected"]);
});

test("a collection that is a file has no artifacts but its rows", () => {
  put("file");
  const { artifacts, problems } = scanArtifacts(join(folder.root, "file"), [
    row("skill", "pdf", "skills/pdf"),
  ]);
  expect(idsOf(artifacts)).toEqual(["skill:pdf (missing)"]);
  expect(problems.length).toBeGreaterThan(0);
});

test("the order of files on disk does not matter", () => {
  for (const name of ["m", "z", "a"]) put(`skills/${name}/SKILL.md`);
  const first = scan();
  for (const name of ["m", "z", "a"])
    rmSync(join(folder.root, `skills/${name}`), { recursive: true });
  for (const name of ["z", "a", "m"]) put(`skills/${name}/SKILL.md`);
  expect(scan()).toEqual(first);
});
