import type { Generated, Selectable } from "kysely";

/** 0 or 1: SQLite has no boolean, and better-sqlite3 binds none. */
export type Flag = number;

/** One value a name: the cache's epoch. */
export interface MetaTable {
  key: string;
  value: string;
}

/** A collection and the bookkeeping of its write-through (see ARCHITECTURE, "The protocol"). */
export interface CollectionsTable {
  id: Generated<number>;
  /** The directory name; the collection's identity. */
  dir: string;
  /** `dir` in lower case: unique ignoring case. */
  dir_key: string;
  /** `[collection].name`, `.version` and `.created` as last read; for show, and to make the file anew. */
  display_name: string;
  /** The display name as it was given here, until the manifest holds it. */
  given_name: string | null;
  version: string;
  created: string;
  /** How many mutations were committed, and how many of them the manifest holds. */
  dirty_rev: Generated<number>;
  written_rev: Generated<number>;
  /** The hash of the manifest as last read or written here: the base's. Null until first read. */
  base_hash: string | null;
  /** The hash of the text about to be swapped in. */
  intent_hash: string | null;
  /** `size:mtimeNs:inode` of the manifest when it was last looked at, and what was found. */
  seen_stat: string | null;
  seen_state: string | null;
  seen_reason: string | null;
  /** Why and since when mutations wait for the manifest, and when the next try is due. */
  pending_reason: string | null;
  pending_since: string | null;
  next_try: string | null;
  attempts: Generated<number>;
  /** When the manifest was last read or written here. */
  updated_at: string | null;
  /** Lists of `Problem` as JSON: of the manifest, and of the folders. */
  manifest_problems: Generated<string>;
  folder_problems: Generated<string>;
}

/**
 * The owned rows that go with a collection's base. A row stands by itself, so that a write stores what it
 * changes and no more.
 */
export interface OwnedRowsTable {
  collection_id: number;
  kind: "group" | "tag" | "artifact";
  /** A group's or a tag's id; what a row of `[[artifacts]]` is told by. */
  key: string;
  /** Rising in the order of the rows of its kind. */
  place: number;
  /** As JSON. */
  row: string;
}

/** What the text that is about to be swapped in changes of the base; `row` is null where it goes. */
export type IntentRowsTable = {
  [Column in keyof OwnedRowsTable]: Column extends "place" | "row"
    ? OwnedRowsTable[Column] | null
    : OwnedRowsTable[Column];
};

export interface ArtifactsTable {
  id: Generated<number>;
  collection_id: number;
  type: string;
  name: string;
  /** `nameKey(name)` */
  name_key: string;
  title: string;
  description: string;
  /** Relative to the collection's folder, with `/`; "" where no file is known. */
  path: string;
  missing: Flag;
  /** Whether a row of `[[artifacts]]` stands, or is to stand, in the manifest. */
  in_manifest: Flag;
}

/**
 * A tag that an artifact carries, by frontmatter (never edited here) or by its row's `tags`. Every
 * word of frontmatter has a row, also where two mean one tag: a change of definitions may part them.
 */
export interface ArtifactTagsTable {
  artifact_id: number;
  origin: "frontmatter" | "manifest";
  position: number;
  slug: string;
  /** The word that stands in the file. */
  word: string;
}

/** A tag: a definition (`defined` 1), or a word that some artifact carries (0). */
export interface TagsTable {
  id: Generated<number>;
  collection_id: number;
  slug: string;
  name: string;
  name_key: string;
  color: string;
  description: string;
  defined: Flag;
  /** The order of the definitions in the manifest. */
  position: number;
}

export interface GroupsTable {
  /** A random UUID, never reused. */
  id: string;
  collection_id: number;
  name: string;
  name_key: string;
  description: string;
  color: string;
  icon: string;
  position: number;
}

export interface GroupMembersTable {
  group_id: string;
  position: number;
  /** As the manifest writes it: a plain name where that is unique, else `type:name`. */
  ref: string;
  /** Null while no artifact answers to `ref`. */
  artifact_id: number | null;
}

/**
 * What was done to a collection: the log that history lists and undoes, and that events follow. Only the
 * newest of a collection are kept.
 */
export interface ChangesTable {
  /** Rising, never reused. */
  id: Generated<number>;
  /** The collection's directory name: the entry outlives its row. */
  dir: string;
  /** ISO 8601, UTC. */
  at: string;
  /** By a call, or found in the manifest and the folders. */
  origin: "call" | "file";
  /** The procedure, such as `groups.update`; of what was found, `file`. */
  action: string;
  /** What was done, as a person reads it. */
  summary: string;
  /** A list of `TouchedEntity` as JSON. */
  touched: string;
  /** What it touched as that was before and after, as JSON (`ChangeImages`); null where it cannot be undone. */
  images: string | null;
  /** The change that this one took back. */
  undoes: number | null;
  /** The change that took this one back. */
  undone_by: number | null;
}

/** A value that lost where cache and manifest both changed it, until a person has seen it. */
export interface LossesTable {
  id: Generated<number>;
  collection_id: number;
  /** ISO 8601, UTC. */
  at: string;
  /** Whose value lost. */
  side: "file" | "cache";
  kind: "group" | "tag" | "artifact";
  /** The row's name, slug or `type:name`; "" for the order of all groups or all tags. */
  name: string;
  /** The field; `order` for that of a list; `row` for a whole row. */
  field: string;
  kept: string;
  lost: string;
  /** The backup that holds it; null where none does. */
  backup: string | null;
}

/** A row that a write took out of a manifest, as it stood there, with what others wrote into it. */
export interface RemovedRowsTable {
  id: Generated<number>;
  collection_id: number;
  kind: "group" | "tag" | "artifact";
  /** A group's or a tag's id, an artifact's `type:name`. */
  key: string;
  text: string;
  /** Whether its removal was undone, so that it is to be written as it stood. */
  returns: Generated<Flag>;
}

export interface Tables {
  meta: MetaTable;
  collections: CollectionsTable;
  base_rows: OwnedRowsTable;
  intent_rows: IntentRowsTable;
  changes: ChangesTable;
  losses: LossesTable;
  removed_rows: RemovedRowsTable;
  artifacts: ArtifactsTable;
  artifact_tags: ArtifactTagsTable;
  tags: TagsTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
}

export type ChangeRow = Selectable<ChangesTable>;
export type LossRow = Selectable<LossesTable>;
export type CollectionRow = Selectable<CollectionsTable>;
export type ArtifactRow = Selectable<ArtifactsTable>;
export type TagRow = Selectable<TagsTable>;
export type GroupRow = Selectable<GroupsTable>;
export type GroupMemberRow = Selectable<GroupMembersTable>;
