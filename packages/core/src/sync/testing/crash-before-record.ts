import type { TestHome } from "./test-home.ts";

/** Puts the bookkeeping back to where a crash between the swap and its record leaves it. */
export async function crashBeforeRecord(
  at: TestHome,
  change: () => Promise<unknown>,
): Promise<void> {
  const { db } = at.home.cache;
  const collections = () => db.selectFrom("collections").selectAll().executeTakeFirstOrThrow();
  const before = await collections();
  const rows = await db.selectFrom("base_rows").selectAll().execute();
  await change();
  await at.home.sync.syncGroups("default");
  const { dirty_rev, intent_hash } = await collections();
  await db
    .updateTable("collections")
    .set({ ...before, dirty_rev, intent_hash })
    .execute();
  await db.deleteFrom("base_rows").execute();
  if (rows.length > 0) await db.insertInto("base_rows").values(rows).execute();
}
