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
 * The owned rows, as JSON, that go with a collection's hashes. They stand apart because they are as
 * large as the manifest, and every query reads the collection's row.
 */
export interface BasesTable {
  collection_id: number;
  base_rows: string | null;
  intent_rows: string | null;
}

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

export interface Tables {
  meta: MetaTable;
  collections: CollectionsTable;
  bases: BasesTable;
  artifacts: ArtifactsTable;
  artifact_tags: ArtifactTagsTable;
  tags: TagsTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
}

export type CollectionRow = Selectable<CollectionsTable>;
export type ArtifactRow = Selectable<ArtifactsTable>;
export type TagRow = Selectable<TagsTable>;
export type GroupRow = Selectable<GroupsTable>;
export type GroupMemberRow = Selectable<GroupMembersTable>;
