import type { Command } from "commander";
import { declareTrashList } from "./trash/list.ts";
import { declareTrashRestore } from "./trash/restore.ts";

export function declareTrash(program: Command): void {
  const trash = program.command("trash").description("artifacts and collections that were removed");
  declareTrashList(trash);
  declareTrashRestore(trash);
}
