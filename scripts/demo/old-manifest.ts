import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { DemoHome, Stage } from "./stage.ts";

const OLD_MANIFEST = `# Ours since 2024. Ask before you change it!
[collection]
name = "default"
version = "1.0.0"
created = "2024-05-01T00:00:00"
updated = "2024-05-01T00:00:00"      # by hand

[[artifacts]]
name   = "jwt-auth"                  # the one that counts
type   = "skill"
source = "user/repo/jwt-auth"
tags   = ['backend',  "auth", ]

  [artifacts.metadata]               # another tool's
  stars = 1_000

[mcp_servers.search]
command = "search-server"
`;

const SKILL = `---
name: jwt-auth
description: Check and issue JSON Web Tokens
---
`;

/** Reads a manifest from before groups and tags had sections, then adds both and compares the lines. */
export function playOldManifest(stage: Stage): string {
  const home = stage.home("empty");
  mkdirSync(home.collection("skills", "jwt-auth"), { recursive: true });
  writeFileSync(home.collection("skills", "jwt-auth", "SKILL.md"), SKILL);
  writeFileSync(home.collection("collection.toml"), OLD_MANIFEST);
  home.skillmeat("group", "list");
  home.skillmeat("artifact", "list");
  if (manifestOf(home) !== OLD_MANIFEST) throw new Error("reading changed the manifest");
  home.skillmeat("tag", "create", "backend", "--color", "#3B82F6");
  home.skillmeat("group", "create", "Authentication", "--member", "jwt-auth");
  const added = addedLines(OLD_MANIFEST, manifestOf(home));
  stage.act("$ diff collection.toml.old collection.toml");
  stage.show(added.map((line) => `> ${line}`).join("\n"), added.length);
  for (const section of ["[[tag_definitions]]", "[[groups]]"]) {
    if (!added.includes(section)) throw new Error(`the manifest did not gain ${section}`);
  }
  return `it gained ${added.length} lines; of the old ones only \`updated\` has another value`;
}

function manifestOf(home: DemoHome): string {
  return readFileSync(home.collection("collection.toml"), "utf8");
}

/**
 * The lines that `after` has beyond those of `before`.
 * @throws Error where a line of `before` is gone or changed, but for the value of `updated`
 */
function addedLines(before: string, after: string): string[] {
  const expected = before.split("\n").map(withoutDate);
  const added: string[] = [];
  for (const line of after.split("\n")) {
    if (withoutDate(line) === expected[0]) expected.shift();
    else added.push(line);
  }
  if (expected.length > 0) throw new Error(`the manifest lost the line: ${expected[0]}`);
  return added;
}

function withoutDate(line: string): string {
  return line.replace(/^(updated = )"[^"]*"/, "$1");
}
