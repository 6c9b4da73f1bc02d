import type { Insertable } from "kysely";
import type { TouchedEntity } from "../schema/history.ts";
import type { CacheTransaction } from "./open.ts";
import type { ChangeRow, ChangesTable } from "./tables.ts";

/** How many changes of a collection are kept. */
const KEPT = 200;

/** A change that is to be logged; its time is now. */
export interface NewChange extends Pick<
  Insertable<ChangesTable>,
  "dir" | "origin" | "action" | "summary"
> {
  readonly touched: readonly TouchedEntity[];
  /** As JSON; null where it cannot be undone. */
  readonly images: string | null;
  /** The change that it takes back. */
  readonly undoes: number | null;
}

/**
 * Logs a change in the transaction that makes it, and drops the oldest of its collection.
 * @returns its id
 */
export async function recordChange(tx: CacheTransaction, change: NewChange): Promise<number> {
  const { id } = await tx
    .insertInto("changes")
    .values({
      ...change,
      touched: JSON.stringify(change.touched),
      at: new Date().toISOString(),
      undone_by: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .deleteFrom("changes")
    .where("dir", "=", change.dir)
    .where("id", "<=", (eb) =>
      eb
        .selectFrom("changes")
        .select("id")
        .where("dir", "=", change.dir)
        .orderBy("id", "desc")
        .limit(1)
        .offset(KEPT),
    )
    .execute();
  return id;
}

/** Drops what is logged of a collection that is no more: none of it can be undone. */
export async function dropChanges(tx: CacheTransaction, dir: string): Promise<void> {
  await tx.deleteFrom("changes").where("dir", "=", dir).execute();
}

/** What a change touched. */
export function touchedBy({ touched }: Pick<ChangeRow, "touched">): TouchedEntity[] {
  const entities: TouchedEntity[] = JSON.parse(touched);
  return entities;
}
