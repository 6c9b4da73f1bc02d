import { randomUUID } from "node:crypto";
import { artifactKeys } from "../cache/artifact-keys.ts";
import { groupRows, numberGroups } from "../cache/groups.ts";
import { insertMany } from "../cache/insert-many.ts";
import type { CacheTransaction } from "../cache/open.ts";
import type { GroupMemberRow, GroupRow } from "../cache/tables.ts";
import { createResolver } from "../manifest/members.ts";
import { numberedName } from "../manifest/numbered-name.ts";
import type { Manifest } from "../manifest/read.ts";
import { nameKey } from "../schema/text.ts";
import { membersOf } from "./desired.ts";
import { matchGroups } from "./match.ts";
import type { OwnedGroup, OwnedRows } from "./owned-rows.ts";

/**
 * Creates the groups that only the manifest has and the base has not, each behind the group that
 * stands before it in the file. Members that resolve to no artifact are kept.
 * @returns the rows of the file that were created, as the base is to have them: a group whose name was
 *   taken bears another one here
 */
export async function takeGroups(
  tx: CacheTransaction,
  collectionId: number,
  manifest: Manifest,
  base: OwnedRows,
): Promise<OwnedGroup[]> {
  const rows = await groupRows(tx, collectionId);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const resolver = createResolver(await artifactKeys(tx, collectionId));
  const taken = new Set(rows.map((row) => row.name_key));
  const order = [...rows];
  let before: GroupRow | undefined;
  const created: OwnedGroup[] = [];
  // Rows whose keys rise go behind those that are in, and each page is written once.
  const ids = manifest.groups.map(() => randomUUID()).toSorted();
  const groups: GroupRow[] = [];
  const entries: GroupMemberRow[] = [];
  for (const [group, match] of matchGroups(manifest.groups, rows, base)) {
    if (match.kind === "both") before = byId.get(match.row);
    if (match.kind !== "added") continue;
    const { description, color, icon, members } = group.definition;
    const name = numberedName(group.definition.name, (text) => taken.has(nameKey(text)));
    const row: GroupRow = {
      id: ids[created.length] ?? randomUUID(),
      collection_id: collectionId,
      name,
      name_key: nameKey(name),
      description,
      color,
      icon,
      position: rows.length + created.length,
    };
    groups.push(row);
    for (const [place, { ref, artifactId }] of membersOf(members, { resolver }).entries()) {
      entries.push({ group_id: row.id, position: place, ref, artifact_id: artifactId });
    }
    taken.add(row.name_key);
    const place = before === undefined ? 0 : order.lastIndexOf(before) + 1;
    order.splice(place, 0, row);
    before = row;
    created.push({ id: row.id, ...group.definition });
  }
  await insertMany(tx, "groups", groups);
  await insertMany(tx, "group_members", entries);
  if (created.length > 0) await numberGroups(tx, order);
  return created;
}
