import { expect, test } from "vitest";
import { boardOf, openBoard, PATIENCE } from "../support/board.ts";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebAppOf } from "../support/web.ts";

function createCollection() {
  const home = createHome();
  const names = ["pdf", "xls", "ppt", "zip"];
  home.writeCollection(
    HEAD +
      tagRow("Office", "office", "#3B82F6") +
      groupRow("Documents", "pdf", "gone", "xls") +
      groupRow("Slides", "ppt"),
    Object.fromEntries(names.map((name) => [`skills/${name}/SKILL.md`, skill("office")])),
  );
  home.writeCollection(HEAD, { "skills/pdf/SKILL.md": skill() }, "other");
  return home;
}

test("a group is created at the end, renamed in place, and deleted with an undo", async (context) => {
  const home = createCollection();
  const { page, columns, column, columnMenu, holds } = await openBoard(context, home);
  await page.getByRole("button", { name: "New group" }).first().click();
  await page.getByLabel("Name of the new group").fill("Archives");
  await page.keyboard.press("Enter");
  await expect.poll(columns, PATIENCE).toEqual(["Documents", "Slides", "Archives", "Ungrouped"]);
  await expect.poll(() => home.manifest(), PATIENCE).toContain('name = "Archives"');
  await page.keyboard.press("F2");
  await page.getByLabel("Name of the group").fill("Packed");
  await page.keyboard.press("Enter");
  await expect.poll(columns, PATIENCE).toEqual(["Documents", "Slides", "Packed", "Ungrouped"]);
  await expect.poll(() => home.manifest(), PATIENCE).toContain('name = "Packed"');
  await column("Slides").getByRole("heading").dblclick();
  await page.getByLabel("Name of the group").fill("never");
  await page.keyboard.press("Escape");
  await columnMenu("Slides", "Delete the group");
  await expect.poll(columns, PATIENCE).toEqual(["Documents", "Packed", "Ungrouped"]);
  await holds("Ungrouped", "ppt", "zip");
  await expect.poll(() => home.manifest(), PATIENCE).not.toContain("Slides");
  await page.getByRole("button", { name: "Undo" }).click();
  await holds("Slides", "ppt");
  await expect.poll(() => home.manifest(), PATIENCE).toContain("Slides");
});

test("a name that is taken is refused with a message, and the old one is back", async (context) => {
  const home = createCollection();
  const { page, columns, columnMenu, allow } = await openBoard(context, home);
  allow(/409/);
  await columnMenu("Slides", "Rename");
  await page.getByLabel("Name of the group").fill("documents");
  await page.keyboard.press("Enter");
  await page.getByText('There is already a group "Documents"').waitFor();
  await expect.poll(columns, PATIENCE).toEqual(["Documents", "Slides", "Ungrouped"]);
});

test("a group is described, coloured and given an icon as one change", async (context) => {
  const home = createCollection();
  const { page, column, columnMenu, server } = await openBoard(context, home);
  await columnMenu("Slides", "Description, colour, icon…");
  await page.getByLabel("Description").fill("What is shown to others");
  await page.getByRole("radio", { name: "amber" }).check();
  await page.getByLabel("Find an icon").fill("rock");
  await page.getByRole("radio", { name: "rocket" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await column("Slides").getByText("What is shown to others").waitFor();
  await expect.poll(() => home.manifest(), PATIENCE).toContain('color = "amber"\nicon = "rocket"');
  expect(home.manifest()).toContain('description = "What is shown to others"');
  await expect.poll(server.mutations, PATIENCE).toEqual(["groups.update"]);
  await columnMenu("Slides", "Description, colour, icon…");
  await page.getByLabel("Or as hex").fill("#12");
  await page.getByText("Write it as #RGB or #RRGGBB").waitFor();
  await page.getByLabel("Or as hex").fill("#10B981");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => home.manifest(), PATIENCE).toContain('color = "#10B981"');
});

test("a group is copied to another collection", async (context) => {
  const home = createCollection();
  const { page, columnMenu } = await openBoard(context, home);
  await columnMenu("Documents", "Copy to a collection");
  await page.getByRole("menuitem", { name: "other" }).click();
  await page.getByText("“Documents” copied to other").waitFor();
  expect(home.manifest("other")).toContain('members = ["pdf", "gone", "xls"]');
});

test("a card is moved, added and taken out by its menu", async (context) => {
  const home = createCollection();
  const { page, cardMenu, holds } = await openBoard(context, home);
  await cardMenu("Slides", "ppt", "Move to…");
  await page.getByRole("option", { name: "Documents" }).click();
  await holds("Documents", "pdf", "gone", "xls", "ppt");
  await cardMenu("Documents", "ppt", "Move up");
  await holds("Documents", "pdf", "gone", "ppt", "xls");
  await cardMenu("Documents", "pdf", "Also add to…");
  await page.getByPlaceholder("Find or create a group").fill("Fresh");
  await page.getByText("Create the group “Fresh”").click();
  await holds("Fresh", "pdf");
  await holds("Documents", "pdf", "gone", "ppt", "xls");
  await cardMenu("Documents", "xls", "Take out of “Documents”");
  await holds("Ungrouped", "xls", "zip");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('members = ["pdf", "gone", "ppt"]');
  expect(home.manifest()).toContain('name = "Fresh"');
});

test("a member that is missing says why, comes back with its file, and can be taken out", async (context) => {
  const home = createCollection();
  const { page, card, holds } = await openBoard(context, home);
  await card("Documents", "gone").getByText("missing").waitFor();
  await card("Documents", "gone").click();
  await page.getByText("no file in this collection answers to that name").waitFor();
  home.write("collections/default/skills/gone/SKILL.md", skill());
  await page.getByRole("button", { name: "Refresh" }).click();
  await card("Documents", "gone").getByText("A skill").waitFor();
  home.remove("collections/default/skills/gone");
  await card("Documents", "gone").getByText("missing").waitFor();
  await card("Documents", "gone").click();
  await page.getByRole("button", { name: "Take it out of the group" }).click();
  await holds("Documents", "pdf", "xls");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('members = ["pdf", "xls"]');
});

test("filters stand in the address, hide what does not answer, and are taken off", async (context) => {
  const home = createCollection();
  const { page, columns, holds } = await openBoard(context, home);
  await holds("Documents", "pdf", "gone", "xls");
  await page.keyboard.press("/");
  await page.keyboard.type("xl");
  await holds("Documents", "xls");
  await page.waitForURL("**/board?q=xl");
  await expect.poll(columns, PATIENCE).toEqual(["Documents", "Ungrouped"]);
  await page.getByText("1 group hidden").waitFor();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await holds("Documents", "pdf", "gone", "xls");
  expect(new URL(page.url()).search).toBe("");
});

test("a click opens what is known of an artifact, and its place stands in the address", async (context) => {
  const { page, card } = await openBoard(context, createCollection());
  await card("Documents", "pdf").click();
  await page.waitForURL(/board\?artifact=skill(?::|%3A)pdf$/);
  await page.getByRole("complementary").getByText("Do it well.").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => new URL(page.url()).search, PATIENCE).toBe("");
});

test("what one tab changes the other shows without a reload", async (context) => {
  const home = createCollection();
  const here = await openBoard(context, home);
  const there = boardOf(await openWebAppOf(context, here.server, { path: "/c/default/board" }));
  await there.holds("Slides", "ppt");
  await here.cardMenu("Documents", "pdf", "Move to…");
  await here.page.getByRole("option", { name: "Slides" }).click();
  await there.holds("Slides", "ppt", "pdf");
  await there.holds("Documents", "gone", "xls");
  await there.columnMenu("Slides", "Rename");
  await there.page.getByLabel("Name of the group").fill("Talks");
  await there.page.keyboard.press("Enter");
  await here.holds("Talks", "ppt", "pdf");
  expect(home.manifest()).toContain('name = "Talks"');
});

test("on a narrow screen one group at a time is shown, and the way to another", async (context) => {
  const { page, card, column, holds, cardMenu } = await openBoard(context, createCollection(), {
    width: 390,
  });
  await holds("Documents", "pdf", "gone", "xls");
  const box = await column("Documents").boundingBox();
  expect(box?.width).toBeGreaterThan(300);
  await page.getByRole("combobox", { name: "Go to a group" }).click();
  await page.getByRole("option", { name: "Slides" }).click();
  await expect
    .poll(async () => (await column("Slides").boundingBox())?.x ?? 999, PATIENCE)
    .toBeLessThan(60);
  await cardMenu("Slides", "ppt", "Move to…");
  await page.getByRole("option", { name: "Documents" }).click();
  await card("Documents", "ppt").waitFor({ state: "attached" });
});
