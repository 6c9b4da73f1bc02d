import type { Command } from "commander";
import { declareCollectionCreate } from "./collection/create.ts";
import { declareCollectionDelete } from "./collection/delete.ts";
import { declareCollectionImport } from "./collection/import.ts";
import { declareCollectionLink } from "./collection/link.ts";
import { declareCollectionList } from "./collection/list.ts";
import { declareCollectionShow } from "./collection/show.ts";
import { declareCollectionUpdate } from "./collection/update.ts";
import { declareCollectionUse } from "./collection/use.ts";

export function declareCollection(program: Command): void {
  const collection = program.command("collection").description("the collections of a home");
  declareCollectionList(collection);
  declareCollectionShow(collection);
  declareCollectionCreate(collection);
  declareCollectionImport(collection);
  declareCollectionLink(collection);
  declareCollectionUpdate(collection);
  declareCollectionUse(collection);
  declareCollectionDelete(collection);
}
