import Database from "better-sqlite3";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import type { BenchHome } from "./home.ts";

/** The least that a recovery has to do: the file parsed, and the rows inserted. */
export interface RowsFloor {
  /** How many rows the cache has. */
  readonly rows: number;
  /** Opens a database anew that has the tables and no row, and gets the rows ready. */
  empty(): void;
  run(): void;
  close(): void;
}

interface Table {
  readonly name: string;
  readonly rows: readonly unknown[][];
}

/** Makes the floor for a home from the cache that SkillMeat made of it, whatever its tables are. */
export function openRowsFloor({ root, manifest }: BenchHome): RowsFloor {
  const folder = mkdtempSync(join(root, "rows-"));
  const model = join(folder, "model.db");
  copyDatabase(join(root, "cache", "cache.db"), model);
  const file = join(folder, "rows.db");
  let database: Database.Database | null = null;
  let tables: readonly Table[] = [];
  return {
    rows: readModel(model).tables.reduce((sum, { rows }) => sum + rows.length, 0),
    empty() {
      for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
      database = new Database(file);
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = FULL");
      const read = readModel(model);
      for (const definition of read.definitions) database.exec(definition);
      tables = read.tables;
    },
    run() {
      parse(readFileSync(manifest, "utf8"));
      if (database !== null) insertAll(database, tables);
    },
    close() {
      database?.close();
      // While they are held, each garbage collection during the other's rounds looks at all of them.
      tables = [];
    },
  };
}

function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { readonly: true });
  database.prepare("vacuum into ?").run(to);
  database.close();
}

function insertAll(database: Database.Database, tables: readonly Table[]): void {
  database.transaction(() => {
    for (const { name, rows } of tables) {
      const places = (rows[0] ?? []).map(() => "?").join(", ");
      const insert =
        rows.length > 0 ? database.prepare(`insert into "${name}" values (${places})`) : null;
      for (const row of rows) insert?.run(...row);
    }
  })();
}

/** The ordinary tables and their indexes, in the order in which they were made, and all rows. */
function readModel(file: string): { definitions: string[]; tables: Table[] } {
  const database = new Database(file, { readonly: true });
  try {
    const names = textsOf(
      database,
      `select m.name from sqlite_schema m join pragma_table_list l using (name)
       where l.schema = 'main' and l.type = 'table' and name not like 'sqlite_%' order by m.rowid`,
    );
    const definitions = textsOf(
      database,
      `select sql from sqlite_schema m join pragma_table_list l on l.name = m.tbl_name
       where l.schema = 'main' and l.type = 'table' and m.type in ('table', 'index')
         and m.sql is not null and m.name not like 'sqlite_%'
       order by m.type desc, m.rowid`,
    );
    const tables = names.map((name) => ({
      name,
      rows: database.prepare<[], unknown[]>(`select * from "${name}"`).raw().all(),
    }));
    return { definitions, tables };
  } finally {
    database.close();
  }
}

function textsOf(database: Database.Database, sql: string): string[] {
  return database.prepare<[], string>(sql).pluck().all();
}
