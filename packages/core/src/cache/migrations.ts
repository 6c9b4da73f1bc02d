import { sql, type Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** Brings the tables from one version to the next. */
export type Migration = (db: Transaction<Tables>) => Promise<void>;

const createTables: Migration = async (db) => {
  await db.schema
    .createTable("meta")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("collections")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("dir", "text", (c) => c.notNull())
    .addColumn("dir_key", "text", (c) => c.notNull().unique())
    .addColumn("display_name", "text", (c) => c.notNull())
    .addColumn("version", "text", (c) => c.notNull())
    .addColumn("created", "text", (c) => c.notNull())
    .addColumn("dirty_rev", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("written_rev", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("base_hash", "text")
    .addColumn("intent_hash", "text")
    .addColumn("seen_stat", "text")
    .addColumn("seen_state", "text")
    .addColumn("seen_reason", "text")
    .addColumn("pending_reason", "text")
    .addColumn("pending_since", "text")
    .addColumn("next_try", "text")
    .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("updated_at", "text")
    .addColumn("manifest_problems", "text", (c) => c.notNull().defaultTo("[]"))
    .addColumn("folder_problems", "text", (c) => c.notNull().defaultTo("[]"))
    .execute();
  await db.schema
    .createTable("bases")
    .addColumn("collection_id", "integer", (c) =>
      c.primaryKey().references("collections.id").onDelete("cascade"),
    )
    .addColumn("base_rows", "text")
    .addColumn("intent_rows", "text")
    .execute();
  await db.schema
    .createTable("artifacts")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("collection_id", "integer", (c) =>
      c.notNull().references("collections.id").onDelete("cascade"),
    )
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("name_key", "text", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("description", "text", (c) => c.notNull())
    .addColumn("path", "text", (c) => c.notNull())
    .addColumn("missing", "integer", (c) => c.notNull())
    .addColumn("in_manifest", "integer", (c) => c.notNull())
    .addUniqueConstraint("artifacts_identity", ["collection_id", "type", "name"])
    .execute();
  await db.schema
    .createIndex("artifacts_by_name")
    .on("artifacts")
    .columns(["collection_id", "name_key"])
    .execute();
  await db.schema
    .createTable("artifact_tags")
    .addColumn("artifact_id", "integer", (c) =>
      c.notNull().references("artifacts.id").onDelete("cascade"),
    )
    .addColumn("origin", "text", (c) =>
      c.notNull().check(sql`origin in ('frontmatter', 'manifest')`),
    )
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("slug", "text", (c) => c.notNull())
    .addColumn("word", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("artifact_tags_key", ["artifact_id", "origin", "position"])
    .execute();
  await db.schema
    .createIndex("artifact_tags_by_slug")
    .on("artifact_tags")
    .columns(["slug", "artifact_id"])
    .execute();
  await db.schema
    .createTable("tags")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("collection_id", "integer", (c) =>
      c.notNull().references("collections.id").onDelete("cascade"),
    )
    .addColumn("slug", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("name_key", "text", (c) => c.notNull())
    .addColumn("color", "text", (c) => c.notNull())
    .addColumn("description", "text", (c) => c.notNull())
    .addColumn("defined", "integer", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addUniqueConstraint("tags_identity", ["collection_id", "slug"])
    .execute();
  await db.schema
    .createTable("groups")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("collection_id", "integer", (c) =>
      c.notNull().references("collections.id").onDelete("cascade"),
    )
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("name_key", "text", (c) => c.notNull())
    .addColumn("description", "text", (c) => c.notNull())
    .addColumn("color", "text", (c) => c.notNull())
    .addColumn("icon", "text", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addUniqueConstraint("groups_identity", ["collection_id", "name_key"])
    .execute();
  await db.schema
    .createTable("group_members")
    .addColumn("group_id", "text", (c) => c.notNull().references("groups.id").onDelete("cascade"))
    .addColumn("position", "integer", (c) => c.notNull())
    .addColumn("ref", "text", (c) => c.notNull())
    .addColumn("artifact_id", "integer", (c) => c.references("artifacts.id").onDelete("set null"))
    .addPrimaryKeyConstraint("group_members_key", ["group_id", "position"])
    .execute();
  await db.schema
    .createIndex("group_members_by_artifact")
    .on("group_members")
    .column("artifact_id")
    .execute();
};

const addGivenName: Migration = async (db) => {
  await db.schema.alterTable("collections").addColumn("given_name", "text").execute();
};

/** The log of changes, and what lost; a tag's id is not given to another one after it, as the log names it. */
const addChanges: Migration = async (db) => {
  await db.schema
    .createTable("changes")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("dir", "text", (c) => c.notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("origin", "text", (c) => c.notNull().check(sql`origin in ('call', 'file')`))
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("summary", "text", (c) => c.notNull())
    .addColumn("touched", "text", (c) => c.notNull())
    .addColumn("images", "text")
    .addColumn("undoes", "integer")
    .addColumn("undone_by", "integer")
    .execute();
  await db.schema.createIndex("changes_by_dir").on("changes").columns(["dir", "id"]).execute();
  await db.schema
    .createTable("losses")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("collection_id", "integer", (c) =>
      c.notNull().references("collections.id").onDelete("cascade"),
    )
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("side", "text", (c) => c.notNull().check(sql`side in ('file', 'cache')`))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("field", "text", (c) => c.notNull())
    .addColumn("kept", "text", (c) => c.notNull())
    .addColumn("lost", "text", (c) => c.notNull())
    .addColumn("backup", "text")
    .execute();
  await db.schema
    .createTable("tags_kept")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("collection_id", "integer", (c) =>
      c.notNull().references("collections.id").onDelete("cascade"),
    )
    .addColumn("slug", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("name_key", "text", (c) => c.notNull())
    .addColumn("color", "text", (c) => c.notNull())
    .addColumn("description", "text", (c) => c.notNull())
    .addColumn("defined", "integer", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .addUniqueConstraint("tags_identity", ["collection_id", "slug"])
    .execute();
  await sql`insert into tags_kept select * from tags`.execute(db);
  await db.schema.dropTable("tags").execute();
  await db.schema.alterTable("tags_kept").renameTo("tags").execute();
};

/** The rows that were taken out of manifests, for undoing that. */
const addRemovedRows: Migration = async (db) => {
  await db.schema
    .createTable("removed_rows")
    .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
    .addColumn("collection_id", "integer", (c) =>
      c.notNull().references("collections.id").onDelete("cascade"),
    )
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("returns", "integer", (c) => c.notNull().defaultTo(0))
    .addUniqueConstraint("removed_rows_identity", ["collection_id", "kind", "key"])
    .execute();
};

/** The base by rows: as one text it was written whole with each change. */
const splitBases: Migration = async (db) => {
  for (const table of ["base_rows", "intent_rows"] as const) {
    const isBase = table === "base_rows";
    await db.schema
      .createTable(table)
      .addColumn("collection_id", "integer", (c) =>
        c.notNull().references("collections.id").onDelete("cascade"),
      )
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("key", "text", (c) => c.notNull())
      .addColumn("place", "integer", (c) => (isBase ? c.notNull() : c))
      .addColumn("row", "text", (c) => (isBase ? c.notNull() : c))
      .addPrimaryKeyConstraint(`${table}_key`, ["collection_id", "kind", "key"])
      .execute();
    for (const { kind, list, key } of [
      { kind: "group", list: "$.groups", key: "$.id" },
      { kind: "tag", list: "$.tags", key: "$.id" },
      { kind: "artifact", list: "$.artifacts", key: "$.row" },
    ]) {
      await sql`
        insert or replace into ${sql.table(table)}
        select collection_id, ${kind}, cast(each.value ->> ${key} as text), each.key, each.value
        from bases, json_each(bases.${sql.ref(table)}, ${list}) as each`.execute(db);
    }
  }
  // An intent says what its text changes of the base.
  await sql`
    insert into intent_rows
    select collection_id, kind, key, null, null from base_rows
    where collection_id in (select collection_id from bases where intent_rows is not null)
    and (collection_id, kind, key) not in (select collection_id, kind, key from intent_rows)`.execute(
    db,
  );
  await db.schema.dropTable("bases").execute();
};

/** What tells the last of some rows without going through all of them. */
const indexOrders: Migration = async (db) => {
  await db.schema
    .createIndex("base_rows_by_place")
    .on("base_rows")
    .columns(["collection_id", "kind", "place"])
    .execute();
  await db.schema
    .createIndex("groups_by_position")
    .on("groups")
    .columns(["collection_id", "position", "id"])
    .execute();
};

/** The migrations in order; the n-th brings version n - 1 to version n. One that has landed is never changed. */
export const migrations: readonly Migration[] = [
  createTables,
  addGivenName,
  addChanges,
  addRemovedRows,
  splitBases,
  indexOrders,
];
