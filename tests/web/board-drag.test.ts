import { expect, test } from "vitest";
import { openBoard, PATIENCE } from "../support/board.ts";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill } from "../support/texts.ts";

function createCollection() {
  const home = createHome();
  const names = ["pdf", "xls", "doc", "ppt", "zip", "tar"];
  home.writeCollection(
    HEAD + groupRow("Documents", "pdf", "xls", "doc") + groupRow("Slides", "ppt"),
    Object.fromEntries(names.map((name) => [`skills/${name}/SKILL.md`, skill()])),
  );
  return home;
}

test("a card dragged within its group stands where it was dropped, in the file too", async (context) => {
  const home = createCollection();
  const { card, holds, drag, says } = await openBoard(context, home);
  await holds("Documents", "pdf", "xls", "doc");
  await drag(card("Documents", "pdf"), card("Documents", "doc"), { y: 0.9 });
  await holds("Documents", "xls", "doc", "pdf");
  await says("pdf, place 3 of 3 in Documents");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('members = ["xls", "doc", "pdf"]');
});

test("a card dragged to another group goes to the place where it was dropped", async (context) => {
  const home = createCollection();
  const { card, column, holds, drag } = await openBoard(context, home);
  await holds("Slides", "ppt");
  await drag(card("Documents", "xls"), card("Slides", "ppt"), { y: 0.1 });
  await holds("Slides", "xls", "ppt");
  await holds("Documents", "pdf", "doc");
  await drag(card("Documents", "doc"), column("Slides"), { y: 0.9 });
  await holds("Slides", "xls", "ppt", "doc");
  await expect
    .poll(() => home.manifest(), PATIENCE)
    .toMatch(/"Documents"\nmembers = \["pdf"\][^]*"Slides"\nmembers = \["xls", "ppt", "doc"\]/);
});

test("a card is dragged from the ungrouped ones into a group, and out again with an undo", async (context) => {
  const home = createCollection();
  const { page, card, column, holds, drag } = await openBoard(context, home);
  await holds("Ungrouped", "tar", "zip");
  await drag(card("Ungrouped", "zip"), card("Documents", "xls"), { y: 0.1 });
  await holds("Documents", "pdf", "zip", "xls", "doc");
  await holds("Ungrouped", "tar");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('["pdf", "zip", "xls", "doc"]');
  await drag(card("Documents", "pdf"), column("Ungrouped"), { y: 0.8 });
  await holds("Ungrouped", "pdf", "tar");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('["zip", "xls", "doc"]');
  await page.getByRole("button", { name: "Undo" }).click();
  await holds("Documents", "pdf", "zip", "xls", "doc");
  await holds("Ungrouped", "tar");
});

test("a group dragged by its head stands where it was dropped", async (context) => {
  const home = createCollection();
  const { page, column, columns, drag } = await openBoard(context, home);
  await expect.poll(columns, PATIENCE).toEqual(["Documents", "Slides", "Ungrouped"]);
  await drag(page.locator("#head-ungrouped"), column("Documents"), { x: 0.1 });
  expect(await columns()).toEqual(["Documents", "Slides", "Ungrouped"]);
  await drag(column("Slides").locator("[data-head]"), column("Documents"), { x: 0.1 });
  await expect.poll(columns, PATIENCE).toEqual(["Slides", "Documents", "Ungrouped"]);
  await expect
    .poll(() => home.manifest(), PATIENCE)
    .toMatch(/name = "Slides"[^]*position = 0|name = "Documents"[^]*position = 1/);
  await page.reload();
  await expect.poll(columns, PATIENCE).toEqual(["Slides", "Documents", "Ungrouped"]);
});

test("selected cards are dragged together", async (context) => {
  const home = createCollection();
  const { page, card, holds, drag } = await openBoard(context, home);
  await card("Documents", "pdf").click({ modifiers: ["ControlOrMeta"] });
  await card("Documents", "doc").click({ modifiers: ["ControlOrMeta"] });
  await page.getByText("2 selected", { exact: true }).waitFor();
  await drag(card("Documents", "doc"), card("Slides", "ppt"), { y: 0.9 });
  await holds("Slides", "ppt", "pdf", "doc");
  await holds("Documents", "xls");
  await expect.poll(() => home.manifest(), PATIENCE).toContain('members = ["ppt", "pdf", "doc"]');
});
