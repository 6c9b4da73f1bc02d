import { parse, TomlError, type TomlTable } from "smol-toml";
import { messageOf } from "../errors.ts";
import { MANIFEST_NAME } from "../paths.ts";
import type { ArtifactDefinition } from "../schema/artifact.ts";
import type { GroupDefinition } from "../schema/group.ts";
import type { Problem } from "../schema/sync.ts";
import type { TagDefinition } from "../schema/tag.ts";
import { isTable, problemAt } from "./fields.ts";
import { readArtifacts, readGroups, readTags } from "./read-rows.ts";
import { findSection, type RowSource, type Section } from "./rows.ts";
import { scanBlocks, scanInlineTable, type Block } from "./scan.ts";

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
  /** Where the value of `[collection].updated` stands, and where the table does. */
  readonly updated: { readonly start: number; readonly end: number } | null;
  readonly collectionBlock: Block | null;
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
    return { unreadable: syntaxProblem(error) };
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

  const problems: Problem[] = [];
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
      updated: findUpdated(text, blocks),
      collectionBlock:
        blocks.find((block) => block.kind === "table" && isPath(block.path, "collection")) ?? null,
      sections: { artifacts, tags, groups },
      artifacts: readArtifacts(text, artifacts, problems),
      tags: readTags(text, tags, problems),
      groups: readGroups(text, groups, problems),
      problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
    },
  };
}

function syntaxProblem(error: unknown): Problem {
  if (!(error instanceof TomlError)) {
    return { file: MANIFEST_NAME, line: 0, column: 0, message: messageOf(error) };
  }
  const [headline = ""] = error.message.split("\n");
  const message = headline.replace(/^Invalid TOML document: /, "");
  return { file: MANIFEST_NAME, line: error.line, column: error.column, message };
}

function notAList(text: string, blocks: readonly Block[], key: string): { unreadable: Problem } {
  const block = blocks.find((candidate) => candidate.path[0] === key);
  const entry = blocks[0]?.entries.find((candidate) => candidate.key[0] === key);
  const offset = entry?.start ?? block?.start ?? 0;
  return { unreadable: problemAt(text, offset, `${key} is not a list of tables`) };
}

function textOf(table: TomlTable[string] | undefined, key: string): string {
  const value = isTable(table) && Object.hasOwn(table, key) ? table[key] : undefined;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : "";
}

function isPath(path: readonly string[], ...parts: string[]): boolean {
  return path.length === parts.length && path.every((part, index) => part === parts[index]);
}

/** `updated` may stand in `[collection]`, as `collection.updated`, or in an inline table. */
function findUpdated(
  text: string,
  blocks: readonly Block[],
): { start: number; end: number } | null {
  for (const block of blocks) {
    if (block.kind === "element") continue;
    for (const entry of block.entries) {
      const path = [...block.path, ...entry.key];
      if (isPath(path, "collection", "updated")) {
        return { start: entry.valueStart, end: entry.valueEnd };
      }
      if (isPath(path, "collection") && text[entry.valueStart] === "{") {
        const inner = scanInlineTable(text, entry.valueStart);
        const updated = inner.find((candidate) => isPath(candidate.key, "updated"));
        if (updated !== undefined) return { start: updated.valueStart, end: updated.valueEnd };
      }
    }
  }
  return null;
}
