import type { Insertable } from "kysely";
import type { TouchedEntity } from "../schema/history.ts";
import { compiledOnce, type Placeholders } from "./compiled.ts";
import type { CacheTransaction } from "./open.ts";
import type { ChangeRow, ChangesTable } from "./tables.ts";

/** How many changes of a collection are kept at least. */
const KEPT = 200;

/** The others are dropped with each so manieth change: to look for them costs as much as to log one. */
const DROPPED_EVERY = 16;

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
 * Logs a change in the transaction that makes it, and now and then drops the oldest of its collection.
 * @returns its id
 */
export async function recordChange(tx: CacheTransaction, change: NewChange): Promise<number> {
  const { rows } = await insertChange(tx, {
    ...change,
    touched: JSON.stringify(change.touched),
    at: new Date().toISOString(),
  });
  const [row] = rows;
  if (row === undefined) throw new Error("a change was logged without an id");
  if (row.id % DROPPED_EVERY === 0) await dropOldest(tx, { dir: change.dir });
  return row.id;
}

const insertChange = compiledOnce(
  (
    db,
    {
      dir,
      origin,
      action,
      summary,
      touched,
      images,
      undoes,
      at,
    }: Placeholders<{
      dir: string;
      origin: NewChange["origin"];
      action: string;
      summary: string;
      touched: string;
      images: string | null;
      undoes: number | null;
      at: string;
    }>,
  ) =>
    db
      .insertInto("changes")
      .values({ dir, origin, action, summary, touched, images, undoes, at, undone_by: null })
      .returning("id")
      .compile(),
);

const dropOldest = compiledOnce((db, { dir }: Placeholders<{ dir: string }>) =>
  db
    .deleteFrom("changes")
    .where("dir", "=", dir)
    .where("id", "<=", (eb) =>
      eb
        .selectFrom("changes")
        .select("id")
        .where("dir", "=", dir)
        .orderBy("id", "desc")
        .limit(1)
        .offset(KEPT),
    )
    .compile(),
);

/** Drops what is logged of a collection that is no more: none of it can be undone. */
export async function dropChanges(tx: CacheTransaction, dir: string): Promise<void> {
  await tx.deleteFrom("changes").where("dir", "=", dir).execute();
}

/** What a change touched. */
export function touchedBy({ touched }: Pick<ChangeRow, "touched">): TouchedEntity[] {
  const entities: TouchedEntity[] = JSON.parse(touched);
  return entities;
}
