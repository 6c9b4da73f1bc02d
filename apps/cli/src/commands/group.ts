import type { Command } from "commander";
import { declareGroupAdd } from "./group/add.ts";
import { declareGroupCopy } from "./group/copy.ts";
import { declareGroupCreate } from "./group/create.ts";
import { declareGroupDelete } from "./group/delete.ts";
import { declareGroupList } from "./group/list.ts";
import { declareGroupOrder } from "./group/order.ts";
import { declareGroupRemove } from "./group/remove.ts";
import { declareGroupReorder } from "./group/reorder.ts";
import { declareGroupShow } from "./group/show.ts";
import { declareGroupUpdate } from "./group/update.ts";

export function declareGroup(program: Command): void {
  const group = program.command("group").description("groups with their members in order");
  declareGroupList(group);
  declareGroupShow(group);
  declareGroupCreate(group);
  declareGroupUpdate(group);
  declareGroupDelete(group);
  declareGroupCopy(group);
  declareGroupAdd(group);
  declareGroupRemove(group);
  declareGroupOrder(group);
  declareGroupReorder(group);
}
