import type { Command } from "commander";
import { declareTagCreate } from "./tag/create.ts";
import { declareTagDelete } from "./tag/delete.ts";
import { declareTagList } from "./tag/list.ts";
import { declareTagShow } from "./tag/show.ts";
import { declareTagUpdate } from "./tag/update.ts";

export function declareTag(program: Command): void {
  const tag = program.command("tag").description("tags with colour and description");
  declareTagList(tag);
  declareTagShow(tag);
  declareTagCreate(tag);
  declareTagUpdate(tag);
  declareTagDelete(tag);
}
