import type { CacheTransaction } from "../cache/open.ts";

/** Lets go of all but the newest rows of a collection. */
export async function keepNewest(
  tx: CacheTransaction,
  table: "losses" | "removed_rows",
  collectionId: number,
  count: number,
): Promise<void> {
  await tx
    .deleteFrom(table)
    .where("collection_id", "=", collectionId)
    .where("id", "<=", (eb) =>
      eb
        .selectFrom(table)
        .select("id")
        .where("collection_id", "=", collectionId)
        .orderBy("id", "desc")
        .limit(1)
        .offset(count),
    )
    .execute();
}
