import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { asStoppableUser } from "../support/stoppable-user.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const path = "/collections";

function createFullHome(): TestHome {
  const home = createHome();
  home.writeCollection(HEAD + tagRow("T", "t") + groupRow("A", "pdf"), {
    "skills/pdf/SKILL.md": skill(),
  });
  home.writeCollection(HEAD.replace("Mine", "For work"), {}, "work");
  return home;
}

const list = (page: Page) => page.getByRole("list", { name: "Collections" });
const item = (page: Page, name: string) =>
  list(page).getByRole("listitem").filter({ hasText: name });

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `Actions of ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

test("collections are listed with what they hold and how they stand, and opened", async (context) => {
  const home = createFullHome();
  const { page, pill } = await openWebApp(context, home, { path });
  const mine = item(page, "Mine");
  await mine.getByText("1 artifact · 1 group · 1 tag").waitFor();
  await mine.getByText(home.path("collections/default"), { exact: true }).waitFor();
  await mine.getByText("Saved").waitFor();
  home.write("collections/work/collection.toml", "[collection\n");
  await item(page, "For work").getByText("Unreadable, line 1").waitFor();
  await list(page).getByRole("link", { name: "Mine" }).click();
  await page.waitForURL("**/c/default/board");
  await pill("Saved");
  expect(await page.title()).toBe("Board · default · SkillMeat");
});

test("the switch leads from one collection to another, and to all of them", async (context) => {
  const { page } = await openWebApp(context, createFullHome());
  await page.waitForURL("**/c/default/board");
  await page.getByRole("button", { name: "Switch the collection" }).click();
  await page.getByRole("menuitem", { name: "For work" }).click();
  await page.waitForURL("**/c/work/board");
  await page.getByRole("button", { name: "Switch the collection" }).click();
  await page.getByRole("menuitem", { name: "All collections" }).click();
  await page.waitForURL("**/collections");
  await expect.poll(() => list(page).getByRole("listitem").count()).toBe(2);
});

test("an empty home says what to do, and a collection is created and opened from there", async (context) => {
  const home = createHome();
  const { page, allow } = await openWebApp(context, home);
  allow(/400/);
  await page.waitForURL("**/collections");
  await page.getByText("skillmeat init", { exact: true }).waitFor();
  await page.getByRole("button", { name: "New collection" }).click();
  const dialog = page.getByRole("dialog", { name: "New collection" });
  await dialog.getByLabel("Name").fill("My Own");
  await page.keyboard.press("Enter");
  await dialog.getByText(/must be 1 to 64 of a-z/).waitFor();
  await dialog.getByLabel("Name").fill("my-own");
  await dialog.getByLabel("Shown as").fill("My own");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/c/my-own/board");
  expect(home.manifest("my-own")).toContain('name = "My own"');
});

test("a collection is shown by another name, which its file has then", async (context) => {
  const home = createFullHome();
  const { page } = await openWebApp(context, home, { path });
  await choose(page, "For work", "Rename…");
  const dialog = page.getByRole("dialog", { name: "Rename For work" });
  await dialog.getByLabel("Shown as").fill("Office");
  await page.keyboard.press("Enter");
  await list(page).getByRole("link", { name: "Office" }).waitFor();
  await expect.poll(() => home.manifest("work")).toContain('name = "Office"');
});

/** Makes a collection's folder outside the home. */
function createSource(manifest: string): string {
  const source = createHome();
  source.writeCollection(manifest, { "skills/pdf/SKILL.md": skill("x") }, "team");
  return source.path("collections/team");
}

test("a folder is imported, and what came in is reported", async (context) => {
  const home = createFullHome();
  const source = createSource(
    HEAD.replace("Mine", "Team") + groupRow("G", "pdf", "gone") + '\n[[groups]]\ncolor = "blue"\n',
  );
  const { page, allow } = await openWebApp(context, home, { path });
  allow(/404/);
  await page.getByRole("button", { name: "Import or link…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import or link a folder" });
  await dialog.getByLabel("Folder").fill("team");
  await page.keyboard.press("Enter");
  await dialog.getByText("Give the whole path, from / on").waitFor();
  await dialog.getByLabel("Folder").fill(`${source}-not`);
  await page.keyboard.press("Enter");
  await dialog.getByText(/There is no .*team-not/).waitFor();
  await dialog.getByLabel("Folder").fill(source);
  await page.keyboard.press("Enter");
  const report = page.getByRole("dialog", { name: "Imported Team" });
  const counts = report.locator("dl");
  await counts.waitFor();
  expect((await counts.innerText()).replaceAll("\n", " ")).toBe("Artifacts 1 Groups 1 Tags 1");
  await report.getByText("gone, in G").waitFor();
  await report.getByText(/collection\.toml:\d+:\d+: /).waitFor();
  expect(home.manifest("team")).toContain('members = ["pdf", "gone"]');
  await report.getByRole("button", { name: "Open the board" }).click();
  await page.waitForURL("**/c/team/board");
});

test("a folder is linked where it stands, and unlinked without being touched; undoing links it again", async (context) => {
  const home = createFullHome();
  const source = createSource(HEAD.replace("Mine", "Team") + groupRow("G", "pdf"));
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("button", { name: "Import or link…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import or link a folder" });
  await dialog.getByRole("radio", { name: "Link" }).check({ force: true });
  await dialog.getByLabel("Folder").fill(source);
  await dialog.getByLabel("Name").fill("our-team");
  await dialog.getByRole("button", { name: "Link", exact: true }).click();
  const report = page.getByRole("dialog", { name: "Linked Team" });
  await report.getByRole("button", { name: "Close" }).last().click();
  await item(page, "Team").getByText("linked", { exact: true }).waitFor();
  await item(page, "Team").getByText(source, { exact: true }).waitFor();
  expect(home.read("config.toml")).toContain("our-team");
  await choose(page, "Team", "Unlink…");
  const confirm = page.getByRole("dialog", { name: "Unlink Team?" });
  await confirm.getByText(/Its folder is not touched/).waitFor();
  await confirm.getByRole("button", { name: "Unlink" }).click();
  await page.getByText("Unlinked our-team; its folder is as it was").waitFor();
  await item(page, "Team").waitFor({ state: "detached" });
  expect(existsSync(join(source, "skills/pdf/SKILL.md"))).toBe(true);
  expect(home.read("config.toml")).not.toContain("our-team");
  await page.getByRole("button", { name: "Undo" }).click();
  await item(page, "Team").getByText("linked", { exact: true }).waitFor();
});

test("a deleted collection lies in the trash, and one click brings it back with its groups and tags", async (context) => {
  const home = createFullHome();
  const before = home.manifest();
  const { page } = await openWebApp(context, home, { path });
  await choose(page, "Mine", "Delete…");
  const dialog = page.getByRole("dialog", { name: "Delete Mine?" });
  await dialog.getByText(home.path("collections/default"), { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("Moved default to the trash").waitFor();
  await item(page, "Mine").waitFor({ state: "detached" });
  expect(existsSync(home.path("collections/default"))).toBe(false);
  await page.getByRole("list", { name: "Trash" }).getByText("default").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await item(page, "Mine").getByText("1 artifact · 1 group · 1 tag").waitFor();
  expect(home.manifest()).toBe(before);
  await page.getByText(/^Empty\. /).waitFor();
});

test("what lies in the trash is restored, a collection under another name where its own is taken", async (context) => {
  const home = createFullHome();
  const { page, server, allow } = await openWebApp(context, home, { path });
  allow(/409/);
  await server.client.artifacts.remove.mutate({ id: "skill:pdf" });
  await server.client.collections.delete.mutate({ collection: "work" });
  await server.client.collections.create.mutate({ name: "work" });
  const trash = page.getByRole("list", { name: "Trash" });
  await trash.getByRole("button", { name: "Restore skill:pdf" }).click();
  await page.getByText("Restored skill:pdf in default").waitFor();
  expect(home.read("collections/default/skills/pdf/SKILL.md")).toBe(skill());
  await trash.getByRole("button", { name: "Restore work" }).click();
  const dialog = page.getByRole("dialog", { name: "Restore work under another name" });
  await dialog.getByLabel("Name").fill("old-work");
  await page.keyboard.press("Enter");
  await page.getByText("Restored the collection old-work").waitFor();
  await item(page, "For work").waitFor();
  expect(home.manifest("old-work")).toContain('name = "For work"');
  expect(await trash.count()).toBe(0);
});

test("a collection with something unsaved is not deleted, unless one says so", async (context) => {
  const home = createFullHome();
  const prefix = asStoppableUser(home);
  context.skip(prefix === null, "root cannot become another user that may run this clone's CLI");
  const { page, server, allow } = await openWebApp(context, home, { path, prefix: prefix ?? [] });
  allow(/412/);
  const folder = home.path("collections/work");
  onTestFinished(() => {
    if (existsSync(folder)) chmodSync(folder, 0o755);
  });
  await item(page, "For work").waitFor();
  chmodSync(folder, 0o555);
  const reply = await server.client.groups.create.mutate({ collection: "work", name: "Unsaved" });
  expect(reply.saved).toBe(false);
  await item(page, "For work").getByText("Not saved").waitFor();
  await choose(page, "For work", "Delete…");
  const dialog = page.getByRole("dialog", { name: "Delete For work?" });
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByText(/something of it would be lost/).waitFor();
  expect(existsSync(folder)).toBe(true);
  // A folder that must not be written cannot be moved either.
  chmodSync(folder, 0o755);
  await dialog.getByRole("button", { name: "Delete, and lose what is not saved" }).click();
  await page.getByText("Moved work to the trash").waitFor();
  await item(page, "For work").waitFor({ state: "detached" });
  expect(existsSync(folder)).toBe(false);
});

test("the page fits a narrow screen", async (context) => {
  const home = createFullHome();
  home.writeCollection(HEAD.replace("Mine", "Long ".repeat(40).trim()), {}, "l".repeat(60));
  const { page } = await openWebApp(context, home, { path, width: 390 });
  await item(page, "Long").waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  const area = list(page);
  expect(await area.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});
