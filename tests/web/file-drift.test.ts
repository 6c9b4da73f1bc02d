import { chmodSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test, type TestContext } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { asStoppableUser } from "../support/stoppable-user.ts";
import { groupRow, HEAD, skill, tagRow, withoutUpdated } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";
import { createGroup, openFilePanel, openPart } from "../support/web-file.ts";

const FILE = "collections/default/collection.toml";
const MINE = HEAD + tagRow("T", "t", "#111111") + groupRow("A", "pdf");
const THEIRS = HEAD + tagRow("T", "t", "#222222") + groupRow("A", "pdf", "xls");
const FILES = { "skills/pdf/SKILL.md": skill(), "skills/xls/SKILL.md": skill() };

/** An app whose file somebody else has changed. */
async function openDrifted(context: TestContext, theirs = THEIRS) {
  const home = createHome();
  home.writeCollection(MINE, FILES);
  const app = await openWebApp(context, home);
  await app.pill("Saved");
  home.write(FILE, theirs);
  await app.pill("Changed on disk");
  return { home, ...app };
}

async function choose(page: Page, way: string) {
  const panel = await openFilePanel(page);
  await panel.getByRole("group", { name: "What to do" }).getByRole("button", { name: way }).click();
  return panel;
}

/** The colour of the tag and the members of the group, as the server has them. */
async function heldHere(
  home: TestHome,
  { client }: Awaited<ReturnType<typeof openDrifted>>["server"],
) {
  const tag = await client.tags.get.query({ slug: "t" });
  const { members } = await client.groups.get.query({ group: "A" });
  return { color: tag.color, members: members.map(({ ref }) => ref), file: home.manifest() };
}

test("what differs is told row by row, and nothing is changed by looking at what could be done", async (context) => {
  const { home, page } = await openDrifted(context);
  const panel = await openFilePanel(page);
  const differences = panel.getByRole("list", { name: "Differences" });
  await differences.getByText("“#111111” here, “#222222” in the file").waitFor();
  await differences.getByText("in the file alone: xls").waitFor();
  const ways = panel.getByRole("group", { name: "What to do" });
  await ways.getByRole("button", { name: "Keep mine" }).click();
  const text = panel.getByRole("region", { name: "What changes in the file" });
  expect((await text.innerText()).split("\n")).toEqual(
    expect.arrayContaining(['−color = "#222222"', '+color = "#111111"']),
  );
  await ways.getByRole("button", { name: "Take the file" }).click();
  const here = panel.getByRole("list", { name: "What changes here" });
  expect(await here.innerText()).toContain("in: xls");
  await ways.getByRole("button", { name: "Merge" }).click();
  await here.getByText("“#111111” → “#222222”").waitFor();
  expect(home.manifest()).toBe(THEIRS);
});

test("Take the file makes what is here the file's, and can be undone", async (context) => {
  const { home, page, pill, server } = await openDrifted(context);
  const panel = await choose(page, "Take the file");
  await panel.getByRole("button", { name: "Take the file" }).last().click();
  await page.getByText("Took the file").waitFor();
  await pill("Saved");
  expect(await heldHere(home, server)).toEqual({
    color: "#222222",
    members: ["pdf", "xls"],
    file: THEIRS,
  });
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByText("Undone: Replaced the groups and tags").waitFor();
  expect(await heldHere(home, server)).toMatchObject({ color: "#111111", members: ["pdf"] });
  expect(withoutUpdated(home.manifest())).toBe(withoutUpdated(MINE));
  // What a message offers is done without closing what lies below it.
  expect(await panel.isVisible()).toBe(true);
});

test("Keep mine writes what is here over the file, whose text goes to the backups", async (context) => {
  const { home, page, pill } = await openDrifted(context);
  const panel = await choose(page, "Keep mine");
  await panel.getByRole("button", { name: "Keep mine" }).last().click();
  await page.getByText("Wrote what is here into the file").waitFor();
  await pill("Saved");
  expect(withoutUpdated(home.manifest())).toBe(withoutUpdated(MINE));
  await openPart(panel, "Backups");
  await panel.getByRole("button", { name: /^Show the backup/ }).click();
  const text = panel.getByRole("region", { name: /^The text of the backup/ });
  await text.waitFor();
  expect(await text.textContent()).toBe(THEIRS);
});

test("Merge takes what one side changed, and of what both changed the file's value, which it tells before", async (context) => {
  const home = createHome();
  home.writeCollection(MINE, FILES);
  const prefix = asStoppableUser(home);
  context.skip(prefix === null, "root cannot become another user that may run this clone's CLI");
  const { page, pill, server } = await openWebApp(context, home, { prefix: prefix ?? [] });
  await pill("Saved");
  const folder = home.path("collections/default");
  onTestFinished(() => chmodSync(folder, 0o755));
  chmodSync(folder, 0o555);
  await server.client.tags.update.mutate({ slug: "t", color: "#333333", description: "Mine" });
  await pill("Not saved");
  home.write(FILE, THEIRS);
  const panel = await openFilePanel(page);
  await panel.getByText("“#333333” here, “#222222” in the file").waitFor();
  chmodSync(folder, 0o755);
  const ways = panel.getByRole("group", { name: "What to do" });
  await ways.getByRole("button", { name: "Merge" }).click();
  const conflicts = panel.getByRole("list", { name: "Conflicts" });
  await conflicts.waitFor();
  expect(await conflicts.innerText()).toBe("Tag “t”, colour: “#222222” stands, “#333333” does not");
  await panel.getByRole("button", { name: "Merge" }).last().click();
  await page.getByText("Merged with the file").waitFor();
  await pill("Saved");
  const merged = THEIRS.replace('"#222222"\n', '"#222222"\ndescription = "Mine"\n');
  expect(withoutUpdated(home.manifest())).toBe(withoutUpdated(merged));
  const losses = panel.getByRole("list", { name: "Values that gave way" });
  expect(await losses.innerText()).toContain("Here: “#333333”; what stands: “#222222”");
});

test("a change made while the file is another's is written, and what gave way is listed with its backup until it was seen", async (context) => {
  const { home, page, pill } = await openDrifted(context);
  await createGroup(page, "B");
  await pill("Saved");
  expect(home.manifest()).toContain('color = "#111111"');
  await page.getByText(", 2 to look at").waitFor();
  const panel = await openFilePanel(page);
  const losses = panel.getByRole("list", { name: "Values that gave way" });
  await losses.getByText("“#222222”").waitFor();
  await losses.getByText("added xls").waitFor();
  await losses.getByRole("button", { name: "a backup" }).first().click();
  const text = panel.getByRole("region", { name: /^The text of the backup/ });
  await text.waitFor();
  expect(await text.textContent()).toBe(THEIRS);
  await openPart(panel, "The file");
  await losses
    .getByRole("button", { name: /^Seen: / })
    .first()
    .click();
  await page.getByText(", 1 to look at").waitFor();
  await panel.getByRole("button", { name: "Seen all" }).click();
  await losses.waitFor({ state: "detached" });
});
