import Database from "better-sqlite3";
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** The least that a durable mutation has to do, and nothing else. */
export interface Floor {
  /** One commit of one row with synchronous=FULL, then the same bytes replaced durably. */
  run(): void;
  close(): void;
}

/**
 * Makes a floor for a file.
 * @param beside a folder on the same disk
 * @param model the file whose bytes are written
 */
export function openFloor(beside: string, model: string): Floor {
  const folder = mkdtempSync(join(beside, "floor-"));
  const files = join(folder, "files");
  mkdirSync(files);
  const database = new Database(join(folder, "floor.db"));
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec("create table rows (id integer primary key, text text)");
  const insert = database.prepare(
    "insert into rows values (1, ?) on conflict do update set text = excluded.text",
  );
  const bytes = readFileSync(model);
  const path = join(files, "file");
  let count = 0;
  return {
    run() {
      count += 1;
      insert.run(`The ${count}th`);
      replaceDurably(path, bytes, files);
    },
    close() {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Writes bytes beside a file, fsyncs and renames them over it, and fsyncs the folder. */
export function replaceDurably(path: string, bytes: Buffer, folder: string): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w");
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  const directory = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  fsyncSync(directory);
  closeSync(directory);
}
