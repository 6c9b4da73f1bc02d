import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMainFile } from "./main-file.ts";
import { useTestFolder } from "./testing.ts";

const at = useTestFolder();

test("an artifact is read from its file, or from that of its folder which says what it is", () => {
  at.put("commands/git/review.md", "# Review\n");
  at.put("skills/pdf/SKILL.md", "# PDF\n");
  at.put("skills/pdf/README.md", "no\n");
  at.put("hooks/lint/notes.md", "# Notes\n");
  const read = (type: string, path: string) => readMainFile(at.root, type, path);
  expect(read("command", "commands/git/review.md")).toEqual({
    file: "commands/git/review.md",
    text: "# Review\n",
    cut: false,
  });
  expect(read("skill", "skills/pdf")).toMatchObject({ file: "skills/pdf/SKILL.md" });
  expect(read("hook", "hooks/lint")).toMatchObject({ file: "hooks/lint/notes.md" });
});

test("of a very long file the beginning is read", () => {
  at.put("skills/long/SKILL.md", "x".repeat(300 * 1024));
  const read = readMainFile(at.root, "skill", "skills/long");
  expect(read).toMatchObject({ cut: true, text: "x".repeat(256 * 1024) });
});

test("what is not there, no text, or outside of the collection is told, and not read", () => {
  at.put("hooks/empty/run.sh", "true\n");
  at.put("mcp/bin", "a\0b");
  symlinkSync(at.home, join(at.root, "skills"));
  const read = (type: string, path: string) => readMainFile(at.root, type, path);
  expect(read("skill", "")).toBe("no file of it is known");
  expect(read("agent", "agents/none.md")).toBe("its files are missing");
  expect(read("hook", "hooks/empty")).toBe("no file in its folder says what it is");
  expect(read("mcp", "mcp/bin")).toBe("its file is no text");
  expect(read("skill", "skills/collection")).toMatch(/link that leaves the collection/);
});
