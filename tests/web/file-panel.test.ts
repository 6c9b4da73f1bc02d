import { chmodSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { createHome } from "../support/home.ts";
import { asStoppableUser } from "../support/stoppable-user.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";
import { createGroup, openFilePanel, openPart, runCommand } from "../support/web-file.ts";

const FILE = "collections/default/collection.toml";
const GOOD = HEAD + tagRow("T", "t") + groupRow("A", "pdf");

function homeWith(manifest: string) {
  const home = createHome();
  home.writeCollection(manifest, { "skills/pdf/SKILL.md": skill() });
  return home;
}

test("the panel tells where the file lies and when it was read, and copies its path", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const panel = await openFilePanel(page);
  await panel.getByText(home.path(FILE), { exact: true }).waitFor();
  await panel.getByText(/^Last read or written/).waitFor();
  await panel.getByRole("button", { name: "Copy the path" }).click();
  await panel.getByRole("button", { name: "Copied the path" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(home.path(FILE));
});

test("a backup is shown, and restored once that is confirmed; the text that went is a backup then", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  const theirs = GOOD.replace('name = "T"', 'name = "Theirs"');
  home.write(FILE, theirs);
  await pill("Changed on disk");
  await createGroup(page, "B");
  await pill("Saved");
  const before = home.manifest();
  const panel = await openFilePanel(page);
  await openPart(panel, "Backups");
  await panel.getByRole("button", { name: /^Restore the backup/ }).click();
  expect(home.manifest()).toBe(before);
  await panel.getByRole("button", { name: "Restore it" }).click();
  await page.getByText("Restored the backup", { exact: true }).waitFor();
  await pill("Saved");
  expect(home.manifest()).toBe(theirs);
  const backups = panel.getByRole("list", { name: "Backups" }).getByRole("listitem");
  await expect.poll(() => backups.count()).toBe(2);
  await panel
    .getByRole("button", { name: /^Show the backup/ })
    .first()
    .click();
  const text = panel.getByRole("region", { name: /^The text of the backup/ });
  await text.waitFor();
  expect(await text.textContent()).toBe(before);
});

test("without backups the panel says what they are for", async (context) => {
  const { page, pill } = await openWebApp(context, homeWith(GOOD));
  await pill("Saved");
  await runCommand(page, "backups", "The file: backups");
  const panel = page.getByRole("dialog", { name: "collection.toml" });
  await panel.getByText("No backups yet").waitFor();
  const command = panel.getByText("skillmeat backup list --collection default");
  expect(await command.count()).toBe(1);
});

test("the history tells what was done here and in the file, undoes any change, and does it again", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  await createGroup(page, "B");
  await page.getByText("Created the group B").waitFor();
  await createGroup(page, "C");
  await page.getByText("Created the group C").waitFor();
  const panel = await openFilePanel(page);
  await openPart(panel, "History");
  const changes = panel.getByRole("list", { name: "Changes" }).getByRole("listitem");
  await panel.getByRole("button", { name: 'Undo: Created the group "B"' }).click();
  await page.getByText('Undone: Created the group "B"').waitFor();
  expect(home.manifest()).not.toContain('name = "B"');
  expect(home.manifest()).toContain('name = "C"');
  const undone = changes.filter({ hasText: ", undone" });
  expect(await undone.locator("del").innerText()).toBe('Created the group "B"');
  await changes.filter({ hasText: "an undo" }).getByRole("button").click();
  await expect.poll(() => home.manifest()).toContain('name = "B"');

  home.write(FILE, home.manifest() + groupRow("D"));
  const found = changes.filter({ hasText: "found in the file" });
  await found.getByText('"D"').waitFor();
});

test("a long history comes a page at a time", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill, server } = await openWebApp(context, home);
  await pill("Saved");
  for (let at = 0; at < 60; at += 1) {
    await server.client.groups.update.mutate({ group: "A", description: `Text ${at}` });
  }
  await runCommand(page, "history", "The file: history");
  const panel = page.getByRole("dialog", { name: "collection.toml" });
  const changes = panel.getByRole("list", { name: "Changes" }).getByRole("listitem");
  await expect.poll(() => changes.count()).toBe(50);
  await panel.getByRole("button", { name: "Show earlier changes" }).click();
  await expect.poll(() => changes.count()).toBe(60);
  expect(await panel.getByRole("button", { name: "Show earlier changes" }).count()).toBe(0);
});

test("rebuilding the cache deletes every row of it, recovers the files' content, and tells what came back", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill, server } = await openWebApp(context, home);
  await pill("Saved");
  const before = await server.client.groups.list.query({});
  const panel = await openFilePanel(page);
  await panel.getByRole("button", { name: "Rebuild the cache…" }).click();
  await panel.getByText(/earlier changes cannot be undone any more/).waitFor();
  await panel.getByRole("button", { name: "Delete and recover" }).click();
  const recovered = panel.getByRole("list", { name: "What was recovered" });
  await recovered.waitFor();
  expect(await recovered.innerText()).toBe(
    "default: groups 1 recovered, tags 1 recovered, 1 artifact",
  );
  const after = await server.client.groups.list.query({});
  // A row that was made anew has another id.
  expect(after.items.map(({ id }) => id)).not.toEqual(before.items.map(({ id }) => id));
  expect(after.items.map(({ name }) => name)).toEqual(["A"]);
  expect((await server.client.history.list.query({})).items).toEqual([]);
  await pill("Saved");
  expect(home.manifest()).toBe(GOOD);
});

test("the cache is not rebuilt over changes that are not in the file, unless one says so", async (context) => {
  const home = homeWith(GOOD);
  const prefix = asStoppableUser(home);
  context.skip(prefix === null, "root cannot become another user that may run this clone's CLI");
  const { page, pill, server, allow } = await openWebApp(context, home, { prefix: prefix ?? [] });
  allow(/status of 412/);
  await pill("Saved");
  const folder = home.path("collections/default");
  onTestFinished(() => chmodSync(folder, 0o755));
  chmodSync(folder, 0o555);
  await createGroup(page, "B");
  await pill("Not saved");
  const panel = await openFilePanel(page);
  await panel.getByRole("button", { name: "Rebuild the cache…" }).click();
  await panel.getByRole("button", { name: "Delete and recover" }).click();
  await panel.getByText("The cache was not rebuilt").waitFor();
  await panel.getByText(/changes that are not in a manifest yet: default/).waitFor();
  expect((await server.client.groups.list.query({})).items).toHaveLength(2);
  await panel.getByRole("button", { name: "Rebuild, and lose them" }).click();
  await panel.getByText("Rebuilt from the files").waitFor();
  expect((await server.client.groups.list.query({})).items).toHaveLength(1);
  expect(home.manifest()).toBe(GOOD);
});

test("before a rebuild one is told of a file that could not bring its groups back", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  home.remove(FILE);
  await pill("File missing");
  const panel = await openFilePanel(page);
  await panel.getByRole("button", { name: "Rebuild the cache…" }).click();
  const warning = panel.getByText(/The file of default is missing or cannot be read now/);
  expect(await warning.count()).toBe(1);
});

test("the panel fits a narrow screen, and is closed by Esc, with the focus back on the pill", async (context) => {
  const home = homeWith(GOOD + groupRow("A very long name ".repeat(10).trim(), "gone"));
  const { page, pill } = await openWebApp(context, home, { width: 390 });
  await pill("Saved");
  const panel = await openFilePanel(page);
  await panel.getByRole("list", { name: "Missing members" }).waitFor();
  expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  expect(await page.locator(":focus").getAttribute("data-state")).toBe("saved");
});
