import { expect, test } from "vitest";
import { createGroup } from "../operations/groups.ts";
import { recordFailure } from "./record-failure.ts";
import { HEAD, openTestHome } from "./testing/test-home.ts";

test("what is not written says that it was not tried yet, then why it failed", async () => {
  const at = await openTestHome(HEAD);
  await at.groupNames();
  const { cache } = at.home;
  const plain = { description: "", color: "", icon: "", members: [] };
  await createGroup(cache, { collection: "default", name: "A", ...plain });
  const pending = { state: "pending", unsaved: 1 };
  expect(await at.status()).toMatchObject({ ...pending, reason: "not written yet" });
  await recordFailure(cache, "default", "the disk is full");
  expect(await at.status()).toMatchObject({ ...pending, reason: "the disk is full" });
});
