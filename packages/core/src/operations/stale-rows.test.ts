import { expect, onTestFinished, test } from "vitest";
import { createTestHome } from "./testing.ts";
import { takeStaleRows, trackStaleRows } from "../cache/stale-rows.ts";

test("a row that one transaction writes twice is noted once, also where it is put in the place of another", async () => {
  const home = await createTestHome();
  onTestFinished(() => home.remove());
  const { cache } = home;
  const group = {
    id: "g1",
    collection_id: 1,
    name: "A",
    name_key: "a",
    description: "",
    position: 0,
  };
  const member = { group_id: "g1", position: 0, ref: "one", artifact_id: null };
  await cache.transaction(async (tx) => {
    await tx
      .insertInto("groups")
      .values({ ...group, color: "#fff", icon: "" })
      .execute();
    await tx.insertInto("group_members").values(member).execute();
    await trackStaleRows(tx);
  });
  const put = { ...member, ref: "two" };
  await cache.transaction(async (tx) => {
    for (let time = 1; time <= 2; time += 1) {
      await tx
        .insertInto("group_members")
        .values(put)
        .onConflict((conflict) => conflict.columns(["group_id", "position"]).doUpdateSet(put))
        .execute();
    }
  });
  const stale = await cache.transaction((tx) => takeStaleRows(tx, 1));
  expect(stale).toEqual([{ kind: "group", key: "g1" }]);
  expect(await cache.transaction((tx) => takeStaleRows(tx, 1))).toEqual([]);
});

test("what is rolled back is not noted", async () => {
  const home = await createTestHome();
  onTestFinished(() => home.remove());
  const { cache } = home;
  await home.addArtifacts(["skill:a"]);
  await cache.transaction((tx) => trackStaleRows(tx));
  const failed = cache.transaction(async (tx) => {
    await tx.deleteFrom("artifacts").execute();
    expect(await takeStaleRows(tx, 1)).toEqual([{ kind: "artifact", key: "skill:a" }]);
    await tx.updateTable("artifacts").set({ description: "changed" }).execute();
    throw new Error("not this time");
  });
  await expect(failed).rejects.toThrow("not this time");
  expect(await cache.transaction((tx) => takeStaleRows(tx, 1))).toEqual([]);
});
