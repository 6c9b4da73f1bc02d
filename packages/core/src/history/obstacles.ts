import { touchedBy } from "../cache/changes.ts";
import type { CacheDb } from "../cache/open.ts";
import { SkillmeatError } from "../errors.ts";
import { commandHint, listed, quoted } from "../operations/suggest.ts";
import type { Conflict } from "../schema/sync.ts";
import { changesOf, type ListedChange } from "./list-changes.ts";

/** A change as a message names it. */
export function nameOf({ id, summary }: Pick<ListedChange, "id" | "summary">): string {
  return `change ${id} (${summary})`;
}

/**
 * The error for a change that later ones stand in the way of; it names those that touched the same.
 * @param conflicts what of it was changed otherwise since
 */
export async function explainConflict(
  db: CacheDb,
  change: ListedChange,
  conflicts: readonly string[],
): Promise<SkillmeatError> {
  const keys = new Set(touchedBy(change).map(keyOf));
  const later = await changesOf(db, change.dir)
    .where("id", ">", change.id)
    .where("undone_by", "is", null)
    .where("undoes", "is", null)
    .execute();
  const inTheWay = later.filter((row) => touchedBy(row).some((entity) => keys.has(keyOf(entity))));
  const what = listed([...new Set(conflicts)]);
  const since = inTheWay.length === 0 ? "" : `, by ${listed(inTheWay.map(nameOf))}`;
  return new SkillmeatError(
    "conflict",
    `${capitalised(nameOf(change))} cannot be undone, since ${what} changed after it${since}; nothing was changed`,
    commandHint(change.dir, "history"),
  );
}

function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return JSON.stringify([kind, id]);
}

/** What of the collection is in conflict: `the members of the group "A"`. */
export function conflictText({ kind, name, field }: Conflict): string {
  if (name === "") return `the order of the ${kind}s`;
  const row = `the ${kind} ${quoted(name)}`;
  if (field === "row") return row;
  return field === "order"
    ? `the order of ${kind === "group" ? "the members of " : "the tags of "}${row}`
    : `the ${field} of ${row}`;
}

/** A message begins with a capital letter. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
