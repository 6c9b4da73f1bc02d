import { parse, TomlError, type TomlTable } from "smol-toml";
import { messageOf } from "../errors.ts";
import { MANIFEST_NAME } from "../paths.ts";
import type { ArtifactDefinition } from "../schema/artifact.ts";
import type { GroupDefinition } from "../schema/group.ts";
import type { Problem } from "../schema/sync.ts";
import type { TagDefinition } from "../schema/tag.ts";
import { codeFrame } from "./code-frame.ts";
import { findConflictMarker } from "./conflict-markers.ts";
import { findName, type NamePlace } from "./display-name.ts";
import { isTable, problemAt, problemsAt, type Finding } from "./fields.ts";
import { readArtifacts, readGroups, readTags } from "./read-rows.ts";
import { findSection, type RowSource, type Section } from "./rows.ts";
import { scanBlocks, type Block } from "./scan.ts";
import { findUpdated, type UpdatedPlace } from "./updated.ts";

/** A group of the manifest, and where it stands. */
export interface ManifestGroup {
  readonly row: RowSource;
  /** As it is shown: of two groups with one name, the second is `Name (2)`. */
  readonly definition: GroupDefinition;
  /** The name that stands in the file. */
  readonly fileName: string;
  /** The position that stands in the file; null where none can be read. */
  readonly filePosition: number | null;
}

export interface ManifestTag {
  readonly row: RowSource;
  /** What the row lacks and is taken from the other of the two. */
  readonly implied: "name" | "slug" | null;
  /** Later rows with the same slug, which are not shown and go where this one goes. */
  readonly doubles: readonly RowSource[];
  readonly definition: TagDefinition;
}

export interface ManifestArtifact {
  readonly row: RowSource;
  readonly definition: ArtifactDefinition;
}

/** A manifest's text and what was read of it. */
export interface Manifest {
  readonly text: string;
  readonly newline: "\n" | "\r\n";
  /** `[collection]`, as far as it can be read. */
  readonly collection: {
    readonly name: string;
    readonly version: string;
    readonly created: string;
  };
  readonly name: NamePlace | null;
  readonly updated: UpdatedPlace | null;
  readonly sections: {
    readonly artifacts: Section;
    readonly tags: Section;
    readonly groups: Section;
  };
  readonly artifacts: readonly ManifestArtifact[];
  readonly tags: readonly ManifestTag[];
  /** In the order that positions give, then the file. */
  readonly groups: readonly ManifestGroup[];
  /** What could not be read as it stands; it stays in the file, in place. */
  readonly problems: readonly Problem[];
}

/** TOML nested deeper than this is refused. */
const MAX_DEPTH = 64;

/**
 * Reads a manifest's text, in every form that TOML allows.
 * @returns the manifest, or the one problem for which nothing of it can be read
 */
export function readManifest(text: string): { manifest: Manifest } | { unreadable: Problem } {
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  let table: TomlTable;
  try {
    table = parse(text.slice(bom), {
      integersAsBigInt: "asNeeded",
      maxDepth: MAX_DEPTH,
      unsafeKeyBehaviour: "keep",
    });
  } catch (error) {
    return { unreadable: syntaxProblem(text.slice(bom), error) };
  }
  const blocks = scanBlocks(text);
  const section = (key: string) =>
    findSection(text, blocks, key, Object.hasOwn(table, key) ? table[key] : undefined);
  const artifacts = section("artifacts");
  const tags = section("tag_definitions");
  const groups = section("groups");
  if (artifacts === null) return notAList(text, blocks, "artifacts");
  if (tags === null) return notAList(text, blocks, "tag_definitions");
  if (groups === null) return notAList(text, blocks, "groups");

  const findings: Finding[] = [];
  const collection = table["collection"];
  return {
    manifest: {
      text,
      newline: /\r\n/.test(text) ? "\r\n" : "\n",
      collection: {
        name: textOf(collection, "name"),
        version: textOf(collection, "version"),
        created: textOf(collection, "created"),
      },
      name: findName(text, blocks, table),
      updated: findUpdated(text, blocks, table),
      sections: { artifacts, tags, groups },
      artifacts: readArtifacts(artifacts, findings),
      tags: readTags(tags, findings),
      groups: readGroups(groups, findings),
      problems: problemsAt(text, findings),
    },
  };
}

function syntaxProblem(text: string, error: unknown): Problem {
  if (!(error instanceof TomlError)) {
    return { file: MANIFEST_NAME, line: 0, column: 0, message: messageOf(error) };
  }
  const [headline = ""] = error.message.split("\n");
  const message = headline.replace(/^Invalid TOML document: /, "");
  const marker = findConflictMarker(text, error.line);
  if (marker !== null) {
    const what = `conflict markers of git at line ${marker.line}`;
    return { file: MANIFEST_NAME, ...marker, message: what, frame: codeFrame(text, marker) };
  }
  // The parser counts a column in UTF-16 units.
  const line = text.split("\n")[error.line - 1] ?? "";
  const column = [...line.slice(0, error.column - 1)].length + 1;
  const place = { line: error.line, column };
  return { file: MANIFEST_NAME, ...place, message, frame: codeFrame(text, place) };
}

function notAList(text: string, blocks: readonly Block[], key: string): { unreadable: Problem } {
  const block = blocks.find((candidate) => candidate.path[0] === key);
  const entry = blocks[0]?.entries.find((candidate) => candidate.key[0] === key);
  const offset = entry?.start ?? block?.start ?? 0;
  const problem = problemAt(text, offset, `${key} is not a list of tables`);
  return { unreadable: { ...problem, frame: codeFrame(text, problem) } };
}

function textOf(table: TomlTable[string] | undefined, key: string): string {
  const value = isTable(table) && Object.hasOwn(table, key) ? table[key] : undefined;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : "";
}
