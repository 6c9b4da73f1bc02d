import { DatabaseSync } from "node:sqlite";
import { writeSync } from "node:fs";

/** Takes the lock of a database, as a writer does, and keeps it until the process is killed. */
function main([file = ""]: readonly string[]): void {
  const database = new DatabaseSync(file);
  database.exec("begin exclusive");
  writeSync(1, "held\n");
  setInterval(() => database.isOpen, 1_000_000);
}

if (import.meta.main) main(process.argv.slice(2));
