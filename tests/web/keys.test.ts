import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";
import { createGroup, runCommand } from "../support/web-file.ts";

const GOOD = HEAD + tagRow("Backend", "backend") + groupRow("Documents", "pdf");

function homeWith(manifest: string) {
  const home = createHome();
  home.writeCollection(manifest, {
    "skills/pdf/SKILL.md": skill("backend"),
    "skills/xls/SKILL.md": skill(),
  });
  return home;
}

const palette = (page: Page) => page.getByRole("dialog", { name: "Search and commands" });

test("the palette goes to pages, artifacts, tags and groups by what is typed, with the keyboard alone", async (context) => {
  const { page, pill } = await openWebApp(context, homeWith(GOOD), { path: "/c/default/tags" });
  await pill("Saved");
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.keyboard.type("artifacts");
  await palette(page).getByRole("option", { name: "Artifacts", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/c/default/artifacts");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("pdf");
  await palette(page).getByRole("option", { name: "pdf skill", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("artifact") === "skill:pdf");

  await page.goto(new URL("/c/default/tags", page.url()).href);
  await pill("Saved");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("backend");
  await palette(page)
    .getByRole("option", { name: /^Backend 1 artifact/ })
    .waitFor();
  const chosen = palette(page).getByRole("option", { selected: true });
  for (let at = 0; !(await chosen.innerText()).startsWith("Backend"); at += 1) {
    expect(at).toBeLessThan(5);
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("tag") === "backend");

  await page.keyboard.press("Control+k");
  await page.keyboard.type("docu");
  await palette(page).getByRole("option", { name: "Documents 1", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/c/default/board**");
});

test("the palette goes to another collection, and to the list of all", async (context) => {
  const home = homeWith(GOOD);
  home.writeCollection(HEAD.replace("Mine", "The Other One"), {}, "other");
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  await runCommand(page, "other", /The Other One/);
  await page.waitForURL("**/c/other/board");
  await runCommand(page, "collections", "All collections");
  await page.waitForURL("**/collections");
  await expect.poll(() => page.title()).toBe("Collections · SkillMeat");
});

test("what Enter does first is never to create something that is only being looked for", async (context) => {
  const { page, pill } = await openWebApp(context, homeWith(GOOD));
  await pill("Saved");
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("xls");
  await palette(page).getByRole("option", { name: "Create the group “xls”" }).waitFor();
  const first = palette(page).getByRole("option").first();
  expect(await first.innerText()).toContain("skill");
  expect(await first.getAttribute("aria-selected")).toBe("true");
});

test("a group and a tag are created by name, and a name that is taken is refused with why", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill, allow } = await openWebApp(context, home, { path: "/c/default/artifacts" });
  allow(/status of 409/);
  await pill("Saved");
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("option", { name: "Create a tag…" }).click();
  await page.keyboard.type("Front end");
  await page.keyboard.press("Enter");
  await page.getByText("Created the tag Front end").waitFor();
  await page.waitForURL("**/c/default/tags");
  expect(home.manifest()).toContain('slug = "front-end"');

  await page.keyboard.press("Control+k");
  await palette(page).getByRole("option", { name: "Create a group…" }).click();
  await page.keyboard.type("Documents");
  await page.keyboard.press("Enter");
  await page.getByText(/There is already a group "Documents"/).waitFor();

  await createGroup(page, "Tables");
  await page.waitForURL("**/c/default/board**");
  await expect.poll(() => home.manifest()).toContain('name = "Tables"');
});

test("the palette chooses the theme, and reads the files anew", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  const isDark = async () => (await page.locator("html.dark").count()) === 1;
  await runCommand(page, "theme dark", "Theme: dark");
  expect(await isDark()).toBe(true);
  await runCommand(page, "light", "Theme: light");
  expect(await isDark()).toBe(false);
  home.write("collections/default/skills/new/SKILL.md", skill());
  await runCommand(page, "refresh", /^Refresh/);
  await page.getByText("Read the file and the folders anew").waitFor();
  await runCommand(page, "write", /^Write now/);
  await page.getByText("Everything is in the file").waitFor();
});

test("? shows the keys, and no key acts while that is open", async (context) => {
  const { page, pill } = await openWebApp(context, homeWith(GOOD));
  await pill("Saved");
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await keys.getByText("Undo the last change").waitFor();
  await keys.getByText("Ctrl K").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+z");
  expect(await palette(page).count()).toBe(0);
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.keyboard.press("Control+k");
  await palette(page).waitFor({ state: "detached" });
});

test("on a Mac the command key does what Ctrl does elsewhere, and is shown so", async (context) => {
  const { page, pill } = await openWebApp(context, homeWith(GOOD));
  await pill("Saved");
  const agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36";
  const session = await page.context().newCDPSession(page);
  await session.send("Network.setUserAgentOverride", { userAgent: agent });
  await page.reload();
  await pill("Saved");
  await page.getByRole("button", { name: "Search", exact: true }).getByText("⌘K").waitFor();
  await page.keyboard.press("Control+k");
  expect(await palette(page).count()).toBe(0);
  await page.keyboard.press("Meta+k");
  await palette(page).waitFor();
});

test("/ goes to the page's search, and is a letter like any other there", async (context) => {
  const { page, pill } = await openWebApp(context, homeWith(GOOD), {
    path: "/c/default/artifacts",
  });
  await pill("Saved");
  const search = page.locator("[data-search]");
  await search.waitFor();
  await page.keyboard.press("/");
  expect(await page.locator("[data-search]:focus").count()).toBe(1);
  await page.keyboard.type("a/?");
  expect(await search.inputValue()).toBe("a/?");
  expect(await page.getByRole("dialog").count()).toBe(0);
});

test("⌘Z undoes the last change, one after the other, but not while a person types", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  await createGroup(page, "One");
  await page.getByText("Created the group One").waitFor();
  await createGroup(page, "Two");
  await page.getByText("Created the group Two").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("x");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "detached" });
  expect(home.manifest()).toContain('name = "Two"');

  await page.keyboard.press("Control+z");
  await page.getByText('Undone: Created the group "Two"').waitFor();
  expect(home.manifest()).not.toContain('name = "Two"');
  expect(home.manifest()).toContain('name = "One"');
  await page.keyboard.press("Control+z");
  await page.getByText('Undone: Created the group "One"').waitFor();
  expect(home.manifest()).not.toContain('name = "One"');
});
