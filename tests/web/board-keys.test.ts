import { expect, test } from "vitest";
import { openBoard, PATIENCE } from "../support/board.ts";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill } from "../support/texts.ts";

function createCollection() {
  const home = createHome();
  const names = ["pdf", "xls", "doc", "ppt", "zip"];
  home.writeCollection(
    HEAD + groupRow("Documents", "pdf", "xls", "doc") + groupRow("Slides", "ppt"),
    Object.fromEntries(names.map((name) => [`skills/${name}/SKILL.md`, skill()])),
  );
  return home;
}

test("a card is moved by the keyboard alone, and each step is said", async (context) => {
  const home = createCollection();
  const { page, card, column, holds, says } = await openBoard(context, home);
  await card("Documents", "pdf").focus();
  await page.keyboard.press("Space");
  await says("pdf, place 1 of 3 in Documents, lifted");
  await page.keyboard.press("ArrowDown");
  await says("pdf, place 2 of 3 in Documents");
  await holds("Documents", "xls", "pdf", "doc");
  expect(home.manifest()).toContain('["pdf", "xls", "doc"]');
  await page.keyboard.press("ArrowRight");
  await says("pdf, place 2 of 2 in Slides");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await says("pdf, place 1 of 2 in Slides, put down");
  await holds("Slides", "pdf", "ppt");
  await holds("Documents", "xls", "doc");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('["pdf", "ppt"]');
  await column("Slides").locator(':focus[aria-label^="pdf, "]').waitFor();
});

test("Escape puts a lifted card back, and nothing is changed", async (context) => {
  const home = createCollection();
  const { page, card, column, holds, says, server } = await openBoard(context, home);
  await card("Documents", "doc").focus();
  for (const key of ["Space", "ArrowRight", "ArrowUp", "Escape"]) await page.keyboard.press(key);
  await says("doc, place 3 of 3 in Documents, put back");
  await holds("Documents", "pdf", "xls", "doc");
  await holds("Slides", "ppt");
  await column("Documents").locator(':focus[aria-label^="doc, "]').waitFor();
  expect(server.mutations()).toEqual([]);
});

test("a card leaves its group and comes into one by the keyboard", async (context) => {
  const home = createCollection();
  const { page, card, holds } = await openBoard(context, home);
  await card("Slides", "ppt").focus();
  for (const key of ["Space", "ArrowRight", "Space"]) await page.keyboard.press(key);
  await holds("Ungrouped", "ppt", "zip");
  await card("Ungrouped", "zip").focus();
  for (const key of ["Space", "ArrowLeft", "ArrowLeft", "Home", "Space"])
    await page.keyboard.press(key);
  await holds("Documents", "zip", "pdf", "xls", "doc");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('["zip", "pdf", "xls", "doc"]');
});

test("arrows go from card to card and from group to group, and a group is moved by its head", async (context) => {
  const home = createCollection();
  const { page, card, columns, says } = await openBoard(context, home);
  const focused = () => page.locator(":focus").getAttribute("aria-label");
  await card("Documents", "pdf").focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(focused, PATIENCE).toContain("xls,");
  await page.keyboard.press("ArrowRight");
  await expect.poll(focused, PATIENCE).toContain("ppt,");
  await page.keyboard.press("ArrowUp");
  await expect.poll(focused, PATIENCE).toBe("Slides, 1 artifact");
  await page.keyboard.press("Space");
  await says("Slides, place 2 of 2, lifted");
  await page.keyboard.press("ArrowLeft");
  await says("Slides, place 1 of 2");
  await page.keyboard.press("Space");
  await expect.poll(columns, PATIENCE).toEqual(["Slides", "Documents", "Ungrouped"]);
  await expect.poll(() => home.manifest(), PATIENCE).toContain("position");
  await expect.poll(focused, PATIENCE).toBe("Slides, 1 artifact");
});

test("cards are selected by the keyboard, moved together to a group that is searched for, and undone together", async (context) => {
  const home = createCollection();
  const { page, card, holds } = await openBoard(context, home);
  await card("Documents", "pdf").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("2 selected", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Move to…, 2 artifacts" }).click();
  await page.getByPlaceholder("Find or create a group").fill("sli");
  await page.keyboard.press("Enter");
  await holds("Slides", "ppt", "pdf", "xls");
  await holds("Documents", "doc");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('["ppt", "pdf", "xls"]');
  await page.getByText("2 artifacts moved to “Slides”").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await holds("Documents", "pdf", "xls", "doc");
});

test("selected cards are tagged and taken out together", async (context) => {
  const home = createCollection();
  const { page, card, holds } = await openBoard(context, home);
  await card("Documents", "pdf").click({ modifiers: ["ControlOrMeta"] });
  await card("Documents", "doc").click({ modifiers: ["Shift"] });
  await page.getByText("3 selected", { exact: true }).waitFor();
  await page.getByRole("combobox", { name: "Tag 3 artifacts" }).click();
  await page.getByPlaceholder("Find or create a tag").fill("office");
  await page.keyboard.press("Enter");
  await card("Documents", "xls").getByText("office").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take out 3 artifacts" }).click();
  await holds("Documents");
  await holds("Ungrouped", "doc", "pdf", "xls", "zip");
  await expect.poll(() => home.manifest(), PATIENCE).toContain("members = []");
});
