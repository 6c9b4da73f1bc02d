import type { Command } from "commander";
import { declareBackupList } from "./backup/list.ts";
import { declareBackupRestore } from "./backup/restore.ts";
import { declareBackupShow } from "./backup/show.ts";

export function declareBackup(program: Command): void {
  const backup = program.command("backup").description("texts of the manifest that were replaced");
  declareBackupList(backup);
  declareBackupShow(backup);
  declareBackupRestore(backup);
}
