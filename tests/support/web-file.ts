import type { Locator, Page } from "playwright-core";

/** Opens the panel of the file. @returns the panel */
export async function openFilePanel(page: Page): Promise<Locator> {
  await page.locator("button[data-state]").click();
  return page.getByRole("dialog", { name: "collection.toml" });
}

/** Opens a part of the panel of the file. */
export async function openPart(panel: Locator, part: "The file" | "History" | "Backups") {
  await panel.getByRole("tab", { name: part }).click();
}

/** Opens the palette, types, and takes what is named there. */
export async function runCommand(page: Page, typed: string, item: string | RegExp): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await palette.getByRole("combobox").fill(typed);
  await palette.getByRole("option", { name: item }).click();
  await palette.waitFor({ state: "detached" });
}

/** Creates a group as a person does by the keyboard. */
export function createGroup(page: Page, name: string): Promise<void> {
  return runCommand(page, name, `Create the group “${name}”`);
}

/** Marks the page, so that a reload would be noticed. @returns whether it is still the same page */
export async function markPage(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Reflect.set(globalThis, "isMarked", true));
  return () => page.evaluate(() => Reflect.get(globalThis, "isMarked") === true);
}
