import { expect, test } from "vitest";
import { openBoard, PATIENCE } from "../support/board.ts";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD } from "../support/texts.ts";

const GROUPS = 1_000;
const MEMBERS = 50;

test("of a thousand groups those alone are on the page that are in sight, and each can be gone to", async (context) => {
  const home = createHome();
  const names = Array.from({ length: MEMBERS }, (_, member) => `m${member}`);
  const rows = Array.from({ length: GROUPS }, (_, group) => groupRow(`G${group}`, ...names));
  home.writeCollection(HEAD + rows.join(""));
  const { page, card, column, columns } = await openBoard(context, home);
  await card("G0", "m0").waitFor();
  expect((await columns()).length).toBeLessThan(12);
  expect(await page.locator("[data-key]").count()).toBeLessThan(300);
  await page.getByRole("combobox", { name: "Go to a group" }).click();
  await page.getByPlaceholder("Find a group").fill("G777");
  await page.keyboard.press("Enter");
  await card("G777", "m0").waitFor();
  await expect
    .poll(() => page.locator(":focus").getAttribute("aria-label"), PATIENCE)
    .toBe("G777, 50 artifacts");
  for (const key of ["ArrowDown", "End", "Space", "Home", "Space"]) await page.keyboard.press(key);
  await expect
    .poll(() => home.manifest(), PATIENCE)
    .toMatch(
      /name = "G777"\nmembers = \["m49", "m0"|name = "G777"\nmembers = \[\n *"m49",\n *"m0"/,
    );
  await column("G777").locator(':focus[aria-label^="m49, "]').waitFor();
});

test("an empty collection says what to do, and groups can be made in it", async (context) => {
  const home = createHome();
  home.writeCollection(HEAD);
  const { page, columns } = await openBoard(context, home);
  await page.getByText("skillmeat artifact add PATH").waitFor();
  await page.getByRole("button", { name: "New group" }).click();
  await page.getByLabel("Name of the new group").fill("First");
  await page.keyboard.press("Enter");
  await expect.poll(columns, PATIENCE).toEqual(["First", "Ungrouped"]);
  await expect.poll(() => home.manifest(), PATIENCE).toContain('name = "First"');
});
