import { expect, test } from "vitest";
import { ARTIFACT_TYPES } from "../schema/artifact.ts";
import {
  canBeArtifact,
  compareArtifacts,
  compareFiles,
  extensionOf,
  LAYOUTS,
  nameAt,
  nameWithoutExtension,
  pathOf,
  stemOf,
  typeOfFolder,
} from "./layout.ts";

test("each type has a path, and the path leads back to its name", () => {
  expect(pathOf("skill", "pdf")).toBe("skills/pdf");
  expect(pathOf("skill", "office:pdf")).toBe("skills/office/pdf");
  expect(pathOf("command", "git:review")).toBe("commands/git/review.md");
  expect(pathOf("agent", "tester")).toBe("agents/tester.md");
  expect(pathOf("hook", "lint", ".sh")).toBe("hooks/lint.sh");
  expect(pathOf("mcp", "files", ".json")).toBe("mcp/files.json");
  expect(pathOf("workflow", "release")).toBe("workflows/release");
  for (const type of ARTIFACT_TYPES) {
    const name = LAYOUTS[type].form === "entry" ? "a" : "a:b:c";
    const path = pathOf(type, name) ?? "";
    expect(nameAt(type, path, LAYOUTS[type].form === "marked")).toBe(name);
    expect(typeOfFolder(path.split("/")[0] ?? "")).toBe(type);
  }
});

test("no name leads out of its folder", () => {
  for (const name of ["..", "a:..", "a::b", ":a", "a:", "a:.b", "a/b", "a\\b", "a:b\0", ""]) {
    expect(pathOf("skill", name)).toBeNull();
    expect(pathOf("command", name)).toBeNull();
  }
  for (const name of ["..", "a/b", "a\\b", ""]) expect(pathOf("hook", name, ".sh")).toBeNull();
});

test("outside its folder an artifact is called as its file or folder is", () => {
  expect(nameAt("skill", "vendor/deep/pdf", true)).toBe("pdf");
  expect(nameAt("command", "vendor/git/review.md", false)).toBe("review");
  expect(nameAt("prompt", "prompts/git/commit.txt", false)).toBe("commit");
  expect(nameAt("skill", "skills/node.js", true)).toBe("node.js");
});

test("an extension starts with a letter", () => {
  expect(stemOf("lint.test.sh")).toBe("lint.test");
  expect(stemOf("setup-v1.2")).toBe("setup-v1.2");
  expect(extensionOf("setup-v1.2")).toBe("");
  expect(extensionOf("a.JSON")).toBe(".JSON");
});

test("a row's name may have the extension that its type has", () => {
  expect(nameWithoutExtension("agent", "a.md")).toBe("a");
  expect(nameWithoutExtension("agent", "a.json")).toBe("a.json");
  expect(nameWithoutExtension("mcp", "a.json")).toBe("a");
  expect(nameWithoutExtension("skill", "node.js")).toBe("node.js");
  expect(nameWithoutExtension("prompt", "a.md")).toBe("a");
});

test("README and LICENSE are no artifacts", () => {
  expect(canBeArtifact("command", "ReadMe.MD")).toBe(false);
  expect(canBeArtifact("command", "readme-check.md")).toBe(true);
  expect(canBeArtifact("command", "notes.txt")).toBe(false);
  expect(canBeArtifact("hook", "README")).toBe(false);
  expect(canBeArtifact("hook", "license.txt")).toBe(false);
  expect(canBeArtifact("hook", "license-check.sh")).toBe(true);
  expect(canBeArtifact("skill", "notes.md")).toBe(false);
});

test("the order is by type, then by name, and other types come last", () => {
  const all = [
    { type: "prompt", name: "a" },
    { type: "command", name: "b" },
    { type: "idea", name: "a" },
    { type: "command", name: "a" },
    { type: "skill", name: "z" },
  ];
  expect(all.toSorted(compareArtifacts).map(({ type, name }) => `${type}:${name}`)).toEqual([
    "skill:z",
    "command:a",
    "command:b",
    "idea:a",
    "prompt:a",
  ]);
});

test("of the files of one name those that describe come first", () => {
  const files = ["a.sh", "a.md", "a", "a.yml", "a.yaml", "a.toml", "a.json"];
  expect(files.toSorted(compareFiles)).toEqual([
    "a.json",
    "a.toml",
    "a.yaml",
    "a.yml",
    "a.md",
    "a",
    "a.sh",
  ]);
});
