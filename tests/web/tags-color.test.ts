import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { HEAD, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

function createColoredHome() {
  const home = createHome();
  home.writeCollection(HEAD + tagRow("Docs", "docs", "#3B82F6") + tagRow("Odd", "odd", "nonsense"));
  return home;
}

const path = "/c/default/tags";

async function openPicker(page: Page, name = "Docs"): Promise<Locator> {
  await page.getByRole("button", { name: `Colour of ${name}` }).click();
  return page.getByRole("dialog", { name: `Colour of ${name}` });
}

test("a colour of the palette is one write, by the mouse and by the keyboard", async (context) => {
  const home = createColoredHome();
  const { page, server } = await openWebApp(context, home, { path });
  const picker = await openPicker(page);
  await picker.getByRole("button", { name: "Red" }).click();
  await picker.waitFor({ state: "detached" });
  await expect.poll(() => home.manifest()).toContain('color = "#EF4444"');
  const button = page.getByRole("button", { name: "Colour of Docs: Red" });
  await expect.poll(() => button.evaluate((element) => element.matches(":focus"))).toBe(true);
  await page.keyboard.press("Enter");
  await picker.getByRole("button", { name: "Red" }).focus();
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
  await expect.poll(() => server.mutations()).toHaveLength(1);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Colour of Docs: Blue" }).waitFor();
  await expect.poll(() => home.manifest()).toContain('color = "#3B82F6"');
  await expect.poll(() => server.mutations()).toEqual(["tags.update", "tags.update"]);
});

test("mixing a colour writes once it is used, and not with every step", async (context) => {
  const home = createColoredHome();
  const { page, server } = await openWebApp(context, home, { path });
  const picker = await openPicker(page);
  const mixer = picker.getByLabel("Mix a colour");
  for (const color of ["#111111", "#222222", "#333333", "#00aa55"]) await mixer.fill(color);
  await expect.poll(() => picker.getByLabel("As hex").inputValue()).toBe("#00AA55");
  expect(server.mutations()).toEqual([]);
  await picker.getByRole("button", { name: "Use" }).click();
  await page.getByRole("button", { name: "Colour of Docs: #00AA55" }).waitFor();
  await expect.poll(() => home.manifest()).toContain('color = "#00AA55"');
  await expect.poll(() => server.mutations()).toEqual(["tags.update"]);
});

test("hex is typed, and what is none is said and not sent; Esc leaves everything as it was", async (context) => {
  const home = createColoredHome();
  const before = home.manifest();
  const { page, server } = await openWebApp(context, home, { path });
  const picker = await openPicker(page);
  const field = picker.getByLabel("As hex");
  await field.fill("tomato");
  await page.keyboard.press("Enter");
  await picker.getByText("Write it as #RGB or #RRGGBB").waitFor();
  await page.keyboard.press("Escape");
  await picker.waitFor({ state: "detached" });
  expect(home.manifest()).toBe(before);
  await openPicker(page);
  await field.fill("abc");
  await page.keyboard.press("Enter");
  await expect.poll(() => home.manifest()).toContain('color = "#abc"');
  await expect.poll(() => server.mutations()).toEqual(["tags.update"]);
});

test("a colour is taken off, and one that is none in the file shows as none", async (context) => {
  const home = createColoredHome();
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("button", { name: "Colour of Odd: no colour" }).waitFor();
  const picker = await openPicker(page);
  await picker.getByRole("button", { name: "No colour" }).click();
  await page.getByRole("button", { name: "Colour of Docs: no colour" }).waitFor();
  await expect.poll(() => home.manifest()).not.toContain("#3B82F6");
  expect(home.manifest()).toContain('color = "nonsense"');
});
