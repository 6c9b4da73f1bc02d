import { randomUUID } from "node:crypto";
import { loadResolver } from "../cache/artifact-keys.ts";
import { mutate, requireCollection } from "../cache/commit.ts";
import { compiledOnce, type Placeholders } from "../cache/compiled.ts";
import {
  countGroups,
  findGroupNamed,
  groupRows,
  matchGroupRow,
  numberGroups,
  readGroup,
  readGroups,
} from "../cache/groups.ts";
import { writeMembers } from "../cache/members.ts";
import type { Cache, CacheTransaction } from "../cache/open.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import type { CollectionRow, GroupRow } from "../cache/tables.ts";
import { SkillmeatError } from "../errors.ts";
import type {
  Group,
  GroupCreateInput,
  GroupDeleteInput,
  GroupGetInput,
  GroupListInput,
  GroupReorderInput,
  GroupUpdateInput,
} from "../schema/group.ts";
import { nameKey } from "../schema/text.ts";
import { placeMembers, toEntries } from "./place-members.ts";
import { noGroup, requireGroup } from "./require.ts";
import { commandHint, quoted, shellWord } from "./suggest.ts";

/** All groups of a collection, in order. */
export function listGroups(
  cache: Cache,
  input: GroupListInput,
): Promise<{ items: Group[]; nextCursor: string | null }> {
  return readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    const rows = await groupRows(db, collection.id);
    return { items: await readGroups(db, collection, rows), nextCursor: null };
  });
}

/**
 * One group.
 * @throws SkillmeatError `not-found`
 */
export function getGroup(cache: Cache, input: GroupGetInput): Promise<Group> {
  return readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    return readGroup(db, collection, await requireGroup(db, collection, input.group));
  });
}

/**
 * Makes a group, with its members; last where no position is given.
 * @throws SkillmeatError `conflict` where the name is taken, ignoring case
 */
export function createGroup(cache: Cache, input: GroupCreateInput): Promise<Group> {
  return mutate(cache, input.collection, "groups.create", async (tx, collection, log) => {
    await refuseTaken(tx, collection, input.name);
    const last = await countGroups(tx, collection.id);
    const row: GroupRow = {
      id: randomUUID(),
      collection_id: collection.id,
      name: input.name,
      name_key: nameKey(input.name),
      description: input.description,
      color: input.color,
      icon: input.icon,
      position: last,
    };
    await log.groups([row.id]);
    log.summary(`Created the group ${quoted(row.name)}`);
    await tx.insertInto("groups").values(row).execute();
    const place = Math.min(input.position ?? last, last);
    if (place < last) await moveGroup(tx, row, place);
    if (input.members.length > 0) {
      const resolver = await loadResolver(tx, collection.id, input.members);
      const members = placeMembers([], toEntries(resolver, input.members));
      await writeMembers(tx, row.id, [], members);
    }
    return readGroup(tx, collection, { ...row, position: place });
  });
}

/**
 * Changes the fields that are given; a position moves the group there.
 * @throws SkillmeatError `not-found`; `conflict` where the new name is taken, ignoring case
 */
export function updateGroup(cache: Cache, input: GroupUpdateInput): Promise<Group> {
  return mutate(cache, input.collection, "groups.update", async (tx, collection, log) => {
    const row = await requireGroup(tx, collection, input.group);
    if (input.name !== undefined) await refuseTaken(tx, collection, input.name, row.id);
    const name = input.name ?? row.name;
    const fields = {
      name,
      name_key: nameKey(name),
      description: input.description ?? row.description,
      color: input.color ?? row.color,
      icon: input.icon ?? row.icon,
    };
    log.groupFields(row);
    if (input.position !== undefined) await log.groupOrder();
    log.summary(summaryOfUpdate(row, fields.name, input));
    if (fields.name !== row.name) await setName(tx, { id: row.id, ...fields });
    await setLooks(tx, { id: row.id, ...fields });
    const { position = row.position } = input;
    const place = position === row.position ? position : await moveGroup(tx, row, position);
    return readGroup(tx, collection, { ...row, ...fields, position: place });
  });
}

const setName = compiledOnce(
  (db, { id, name, name_key }: Placeholders<{ id: string; name: string; name_key: string }>) =>
    db.updateTable("groups").set({ name, name_key }).where("id", "=", id).compile(),
);

type Looks = Pick<GroupRow, "id" | "description" | "color" | "icon">;

/** Apart from the name, by which SQLite would enter the row in its index anew. */
const setLooks = compiledOnce((db, { id, description, color, icon }: Placeholders<Looks>) =>
  db.updateTable("groups").set({ description, color, icon }).where("id", "=", id).compile(),
);

function summaryOfUpdate(row: GroupRow, name: string, input: GroupUpdateInput): string {
  const { description, color, icon, position } = input;
  const isRenamed = name !== row.name;
  const others = [description, color, icon].some((value) => value !== undefined);
  if (isRenamed) return `Renamed the group ${quoted(row.name)} to ${quoted(name)}`;
  return `${others || position === undefined ? "Changed" : "Moved"} the group ${quoted(name)}`;
}

/**
 * Removes a group; its artifacts stay.
 * @returns the group as it was
 * @throws SkillmeatError `not-found`
 */
export function deleteGroup(cache: Cache, input: GroupDeleteInput): Promise<Group> {
  return mutate(cache, input.collection, "groups.delete", async (tx, collection, log) => {
    const row = await requireGroup(tx, collection, input.group);
    const group = await readGroup(tx, collection, row);
    await log.groups([row.id]);
    log.summary(`Deleted the group ${quoted(row.name)}`);
    await tx.deleteFrom("groups").where("id", "=", row.id).execute();
    await numberGroups(tx, await groupRows(tx, collection.id));
    return group;
  });
}

/**
 * Puts the named groups first, in the order given; the others follow in the order that they have.
 * @returns all groups, in their new order
 * @throws SkillmeatError `not-found`, with nothing moved
 */
export function reorderGroups(cache: Cache, input: GroupReorderInput): Promise<Group[]> {
  return mutate(cache, input.collection, "groups.reorder", async (tx, collection, log) => {
    const rows = await groupRows(tx, collection.id);
    const named = new Set<GroupRow>();
    for (const ref of input.groups) {
      const row = matchGroupRow(rows, ref);
      if (row === undefined) throw noGroup(rows, ref, collection);
      named.add(row);
    }
    const inOrder = [...named, ...rows.filter((row) => !named.has(row))];
    await log.groupOrder();
    log.summary("Reordered the groups");
    await numberGroups(tx, inOrder);
    const numbered = inOrder.map((row, position) => ({ ...row, position }));
    return readGroups(tx, collection, numbered);
  });
}

/** Moves a group to a place, or to the last one. @returns its position then */
async function moveGroup(tx: CacheTransaction, row: GroupRow, to: number): Promise<number> {
  const others = (await groupRows(tx, row.collection_id)).filter((other) => other.id !== row.id);
  const place = Math.min(to, others.length);
  await numberGroups(tx, others.toSpliced(place, 0, row));
  return place;
}

/**
 * Throws where one of a collection's groups bears a name already, ignoring case.
 * @param own the id of the group that may bear it
 * @throws SkillmeatError `conflict`
 */
export async function refuseTaken(
  tx: CacheTransaction,
  collection: CollectionRow,
  name: string,
  own = "",
): Promise<void> {
  const other = await findGroupNamed(tx, collection.id, name);
  if (other === undefined || other.id === own) return;
  throw new SkillmeatError(
    "conflict",
    `There is already a group ${quoted(other.name)} in the collection ${quoted(collection.dir)}`,
    commandHint(collection.dir, `group show ${shellWord(other.name)}`),
  );
}
