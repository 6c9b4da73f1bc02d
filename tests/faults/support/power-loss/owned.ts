import { parse } from "smol-toml";
import { fieldOf } from "../../../support/json.ts";
import { TOGETHER, type Owned } from "./announcement.ts";

/** What a manifest says of its own rows; as another reader of TOML reads it. */
export interface ManifestOwned extends Owned {
  readonly name: string;
  /** The tags of each artifact that has some in its row. */
  readonly artifactTags: readonly string[];
}

/** @throws TomlError where the text is no TOML */
export function ownedOf(text: string): ManifestOwned {
  const document = parse(text);
  const groups = rowsOf(document, "groups").map((row, at) => ({ row, at: positionOf(row) ?? at }));
  return {
    name: textOf(fieldOf(document, "collection"), "name"),
    groups: groups
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => ({
        name: textOf(row, "name"),
        description: textOf(row, "description"),
        color: textOf(row, "color"),
        icon: textOf(row, "icon"),
        members: textsOf(row, "members"),
      })),
    tags: rowsOf(document, "tag_definitions").map((row) => ({
      name: textOf(row, "name"),
      slug: textOf(row, "slug"),
      color: textOf(row, "color"),
      description: textOf(row, "description"),
    })),
    artifactTags: rowsOf(document, "artifacts")
      .filter((row) => textsOf(row, "tags").length > 0)
      .map((row) => `${textOf(row, "name")}: ${textsOf(row, "tags").join(", ")}`)
      .toSorted(),
  };
}

/** Whether there is a text, and it is TOML. */
export function isReadable(text: string | null): text is string {
  if (text === null) return false;
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Null where groups and tags are the same, else what differs. */
export function sameOwned(a: Owned, b: Owned): string | null {
  const [first, second] = [a, b].map(({ groups, tags }) => JSON.stringify({ groups, tags }));
  return first === second ? null : `${first} and ${second}`;
}

/** All that a person curated, in a form that is equal where that is; the groups of one moment left out. */
export function curationOf(owned: ManifestOwned): string {
  const groups = owned.groups.filter(({ name }) => !name.startsWith(TOGETHER));
  return JSON.stringify({ ...owned, groups });
}

/** The names of groups that were created at once. */
export function togetherIn(owned: Owned): string[] {
  return owned.groups.map(({ name }) => name).filter((name) => name.startsWith(TOGETHER));
}

function rowsOf(document: unknown, section: string): unknown[] {
  const rows = fieldOf(document, section);
  return Array.isArray(rows) ? rows : [];
}

function textOf(row: unknown, name: string): string {
  const value = fieldOf(row, name);
  return typeof value === "string" ? value : "";
}

function textsOf(row: unknown, name: string): string[] {
  const value = fieldOf(row, name);
  return Array.isArray(value) ? value.map(String) : [];
}

function positionOf(row: unknown): number | null {
  const value = fieldOf(row, "position");
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}
