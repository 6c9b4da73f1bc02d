import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** A manifest with something of everything, and with what is a person's own. */
const MANIFEST = `# Kept by hand.
[collection]
name = "Mine"
version = "1.0.0"
created = "2026-02-20T00:00:00"
updated = "2026-02-20T00:00:00"

[[artifacts]]
name = "pdf"
type = "skill"
source = "user/repo/pdf"
tags = ["docs"]  # by hand

[[artifacts]]
name = "review"
type = "command"

[[tag_definitions]]
name = "Docs"
slug = "docs"
color = "#3B82F6"

[[tag_definitions]]
name = "Backend"
slug = "backend"

[[groups]]
name = "Alpha"
color = "slate"
members = ["pdf", "review", "not-here"]

[[groups]]
name = "Beta"
x_theirs = 1
members = ["review"]

[mcp_servers.own]
command = "run"
`;

const OTHER = `[collection]
name = "Other"
version = "1.0.0"
created = "2026-02-20T00:00:00"
updated = "2026-02-20T00:00:00"

[[groups]]
name = "Gamma"
description = "To be copied"
members = ["pdf"]
`;

const FILES: Record<string, string> = {
  "collections/default/collection.toml": MANIFEST,
  "collections/default/skills/pdf/SKILL.md": "---\ndescription: PDFs\n---\n\nRead them.\n",
  "collections/default/skills/pdf/tool.py": "print()\n",
  "collections/default/commands/review.md": "Review it.\n",
  "collections/other/collection.toml": OTHER,
  "source/brand-new/SKILL.md": "---\ndescription: New\n---\n\nAdd it.\n",
  "source/brand-new/more.md": "More.\n",
  "source/abroad/collection.toml": OTHER.replace("Other", "Abroad"),
  "source/abroad/skills/far/SKILL.md": "---\ndescription: Far\n---\n\nGo.\n",
};

/** Makes a home with two collections, and with what can be added to it beside them; no cache. */
export function makeHome(): string {
  const root = makeFolder();
  for (const [file, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  return root;
}

/** A home of its own that equals another one. */
export function copyHome(root: string): string {
  const copy = makeFolder();
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** Deletes the cache of a home that no process has open. */
export function deleteCache(root: string): void {
  rmSync(join(root, "cache"), { recursive: true, force: true });
}

/** Removes a home. */
export function removeHome(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

/** The manifest's path of a collection. */
export function manifestOf(root: string, collection = "default"): string {
  return join(root, "collections", collection, "collection.toml");
}

/** What a person makes of the manifest of `default`: new rows, a changed one, a comment and a key of their own. */
export function editedByHand(manifest: string): string {
  const row = '[[groups]]\nname = "By hand"\nmembers = ["pdf"]\n\n';
  const edited = manifest
    .replace('color = "slate"', 'color = "rose"')
    .replace("# Kept by hand.", "# Kept by hand, and changed.")
    .replace("[mcp_servers.own]", `${row}[mcp_servers.own]`)
    .replace('command = "run"', 'command = "run twice"');
  return `${edited}\n[[tag_definitions]]\nname = "By hand"\nslug = "by-hand"\n`;
}

/** Leaves an edited text in the manifest of `default`; nothing where it is null. */
export function leaveEdit(root: string, edit: string | null): void {
  if (edit !== null) writeFileSync(manifestOf(root), edit);
}

/** Whether a backup holds a text as it was. */
export function isBackedUp(root: string, text: string, collection = "default"): boolean {
  const folder = join(root, "backups", collection);
  return filesBelow(folder).some((file) => readFileSync(join(folder, file), "utf8") === text);
}

/** Copies that were begun and abandoned stay for an hour. */
const UNFINISHED = /(?:^|\/)\.new-[0-9a-f-]{36}(?:\/|$)/;

/** What a crash left in the collections' folders and is to be gone once the next process looked at them. */
export function leftoversIn(root: string): string[] {
  return filesBelow(join(root, "collections")).filter(
    (file) => isHidden(file) && !UNFINISHED.test(file),
  );
}

/**
 * What a home holds on disk, without cache and backups: the text of each manifest, and the names of all
 * other files; times that no two runs share are left out.
 */
export function contentsOf(root: string): string {
  const entries = ["collections", "trash"].flatMap((folder) =>
    filesBelow(join(root, folder))
      .map((file) => `${folder}/${file}`)
      .filter((file) => !isHidden(file))
      .map((file) => [file.replace(/\d{8}T\d{9}Z/, "TIME"), contentOf(join(root, file))]),
  );
  return JSON.stringify(entries.toSorted(), null, 1);
}

/** The texts of all manifests, of collections in the trash, too. */
export function manifestsOf(root: string): string[] {
  return ["collections", "trash"].flatMap((folder) =>
    filesBelow(join(root, folder))
      .filter((file) => !isHidden(file) && basename(file) === "collection.toml")
      .map((file) => readFileSync(join(root, folder, file), "utf8")),
  );
}

function contentOf(file: string): string {
  const text = readFileSync(file, "utf8");
  return text
    .replace(/^updated = .*$/m, "updated = TIME")
    .replace(/^added = .*$/m, "added = TIME")
    .replace(/^created = "(?!2026-02-20).*$/m, "created = TIME");
}

function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("."));
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.name.startsWith("."))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch {
    return [];
  }
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), "skillmeat-kill-"));
}
