import { chmodSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { createHome } from "../support/home.ts";
import { asStoppableUser } from "../support/stoppable-user.ts";
import { groupRow, HEAD, skill, tagRow, withoutUpdated } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";
import { createGroup, openFilePanel } from "../support/web-file.ts";

const FILE = "collections/default/collection.toml";
const FILES = { "skills/pdf/SKILL.md": skill() };
const GOOD = HEAD + tagRow("T", "t") + groupRow("A", "pdf");

function homeWith(manifest: string) {
  const home = createHome();
  home.writeCollection(manifest, FILES);
  return home;
}

/** Creates a group while the page's clock stands still. */
async function createAtStandstill(page: Page, name: string) {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill(name);
  const item = page.getByRole("option", { name: `Create the group “${name}”` });
  await item.waitFor();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  await item.dispatchEvent("click");
}

test("a change is told as being written once the file is waited for some time, not at once, and then as saved", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  // Git at work in the folder holds a write up.
  home.write("collections/default/.git/index.lock", "");
  await createAtStandstill(page, "B");
  await page.clock.runFor(149);
  await pill("Saved");
  await page.clock.runFor(1);
  await pill("Writing…");
  expect(home.manifest()).not.toContain('"B"');
  home.remove("collections/default/.git/index.lock");
  await pill("Saved");
  expect(home.manifest()).toContain('name = "B"');
});

test("a folder that cannot be written turns the pill to Not saved with why, and Write now back once it can", async (context) => {
  const home = homeWith(GOOD);
  const prefix = asStoppableUser(home);
  context.skip(prefix === null, "root cannot become another user that may run this clone's CLI");
  const { page, pill } = await openWebApp(context, home, { prefix: prefix ?? [] });
  await pill("Saved");
  const folder = home.path("collections/default");
  onTestFinished(() => chmodSync(folder, 0o755));
  chmodSync(folder, 0o555);
  await createGroup(page, "B");
  await pill("Not saved");
  const panel = await openFilePanel(page);
  await panel.getByText("Not saved: 1 change not in the file yet").waitFor();
  await panel.getByText(/EACCES|permission/).waitFor();
  await panel.getByText(/Waiting since .*; tried again/).waitFor();
  expect(await panel.getByRole("list", { name: "Differences" }).innerText()).toContain("Group “B”");
  await panel.getByRole("button", { name: "Write now" }).click();
  await page
    .getByRole("listitem")
    .filter({ hasText: "Not saved" })
    .getByText(/EACCES/)
    .waitFor();
  expect(home.manifest()).toBe(GOOD);

  chmodSync(folder, 0o755);
  await panel.getByRole("button", { name: "Write now" }).click();
  await panel.getByText("Saved: everything is in the file").waitFor();
  await pill("Saved");
  expect(home.manifest()).toContain('name = "B"');
});

test("a file that cannot be read is told with its line and the lines around it, and is not written until it is mended", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  const broken = `${GOOD}\n[[broken\n`;
  home.write(FILE, broken);
  const line = broken.split("\n").indexOf("[[broken") + 1;
  await pill(`Unreadable, line ${line}`);
  await createGroup(page, "B");
  const panel = await openFilePanel(page);
  await panel.getByText("The file cannot be read").waitFor();
  await panel.getByText(/1 change not in the file yet/).waitFor();
  const problems = panel.getByRole("list", { name: "Problems" });
  expect(await problems.innerText()).toMatch(new RegExp(`collection\\.toml:${line}:\\d+`));
  expect(await problems.locator("pre").innerText()).toContain(`> ${line} | [[broken`);
  expect(home.manifest()).toBe(broken);

  home.write(FILE, GOOD);
  await pill("Saved");
  await panel.getByText("Saved: everything is in the file").waitFor();
  await expect.poll(() => home.manifest()).toContain('name = "B"');
});

test("a file that is missing is told as such, and is written anew when asked", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  home.remove(FILE);
  await pill("File missing");
  const panel = await openFilePanel(page);
  await panel.getByRole("button", { name: "Write it anew" }).click();
  await pill("Saved");
  expect(home.manifest()).toContain('name = "A"');
  expect(home.manifest()).toContain('slug = "t"');
});

test("bad rows are told with their place, and missing members with their group and the way out of it", async (context) => {
  const home = homeWith(`${HEAD}${tagRow("T", "t", "no colour")}${groupRow("A", "pdf", "gone")}`);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  await page.getByText(", 2 to look at").waitFor();
  const panel = await openFilePanel(page);
  const line = home.manifest().split("\n").indexOf('color = "no colour"') + 1;
  await panel.getByText(new RegExp(`^collection\\.toml:${line}:\\d+$`)).waitFor();
  const members = panel.getByRole("list", { name: "Missing members" });
  expect(await members.innerText()).toContain("gone in A");
  await members.getByRole("button", { name: "Take out gone from A" }).click();
  await members.waitFor({ state: "detached" });
  expect(home.manifest()).toContain('members = ["pdf"]');
  expect(withoutUpdated(home.manifest())).toContain('color = "no colour"');
});

test("a member that was missing is found once its file is back", async (context) => {
  const home = homeWith(HEAD + groupRow("A", "pdf", "gone"));
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  const panel = await openFilePanel(page);
  const members = panel.getByRole("list", { name: "Missing members" });
  await members.waitFor();
  home.write("collections/default/skills/gone/SKILL.md", skill());
  await panel.getByRole("button", { name: "Look again" }).click();
  await members.waitFor({ state: "detached" });
  expect(home.manifest()).toBe(HEAD + groupRow("A", "pdf", "gone"));
});
