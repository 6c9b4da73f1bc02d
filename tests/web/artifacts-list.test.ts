import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const path = "/c/default/artifacts";
/** How long a machine that does much else may take, in ms. */
const PATIENCE = 30_000;

function createMixedHome(): TestHome {
  const home = createHome();
  home.writeCollection(
    HEAD + tagRow("Data", "data", "#A855F7") + groupRow("Documents", "pdf", "xlsx"),
    {
      "skills/pdf/SKILL.md": skill("data", "paper"),
      "skills/xlsx/SKILL.md": skill("data"),
      "commands/review.md": "---\ndescription: Reads a change twice\n---\n",
      "agents/helper.md": "Helps",
    },
  );
  return home;
}

/** The ids of what is listed, as it is listed, once it is these. */
async function expectListed(page: Page, ids: string[]): Promise<void> {
  const items = page.locator("[data-index]");
  const listed = () => items.evaluateAll((all) => all.map((each) => each.getAttribute("data-id")));
  await expect.poll(listed, { timeout: PATIENCE }).toEqual(ids);
}

const item = (page: Page, id: string) => page.locator(`[data-id="${id}"]`);

async function pickFilter(page: Page, filter: string, choice: string): Promise<void> {
  await page.getByRole("combobox", { name: `Filter by ${filter}` }).click();
  await page.getByRole("option", { name: choice }).click();
}

test("a search narrows the list, stands in the address, and is kept over a reload", async (context) => {
  const { page } = await openWebApp(context, createMixedHome(), { path });
  await expectListed(page, ["agent:helper", "skill:pdf", "command:review", "skill:xlsx"]);
  await page.keyboard.press("/");
  await page.keyboard.type("twice");
  await expectListed(page, ["command:review"]);
  await page.waitForURL(`**${path}?q=twice`);
  await page.reload();
  await expectListed(page, ["command:review"]);
  expect(await page.getByLabel("Search artifacts").inputValue()).toBe("twice");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expectListed(page, ["agent:helper", "skill:pdf", "command:review", "skill:xlsx"]);
});

test("type, tag and group narrow the list together, and each is taken off by its chip", async (context) => {
  const { page } = await openWebApp(context, createMixedHome(), { path });
  await pickFilter(page, "type", "skill");
  await expectListed(page, ["skill:pdf", "skill:xlsx"]);
  await pickFilter(page, "tag", "paper");
  await expectListed(page, ["skill:pdf"]);
  await page.reload();
  await expectListed(page, ["skill:pdf"]);
  await page.getByRole("button", { name: "Take off the filter Type: skill" }).click();
  await page.getByRole("button", { name: "Take off the filter Tag: paper" }).click();
  await pickFilter(page, "group", "Documents");
  await expectListed(page, ["skill:pdf", "skill:xlsx"]);
  expect(new URL(page.url()).searchParams.get("group")).toBe("Documents");
  await page.goBack();
  await expectListed(page, ["agent:helper", "skill:pdf", "command:review", "skill:xlsx"]);
});

test("what is in no group is one filter away, and all of it comes back with another", async (context) => {
  const { page } = await openWebApp(context, createMixedHome(), { path });
  await pickFilter(page, "group", "Ungrouped");
  await expectListed(page, ["agent:helper", "command:review"]);
  await page.reload();
  await expectListed(page, ["agent:helper", "command:review"]);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expectListed(page, ["agent:helper", "skill:pdf", "command:review", "skill:xlsx"]);
});

test("the tags to filter by are found by a part of their name, with how many carry them", async (context) => {
  const { page } = await openWebApp(context, createMixedHome(), { path });
  await page.getByRole("combobox", { name: "Filter by tag" }).click();
  await page.getByPlaceholder("Search tags").fill("ATA");
  const options = page.getByRole("option");
  await expect.poll(() => options.count(), { timeout: PATIENCE }).toBe(1);
  expect(await options.first().innerText()).toMatch(/Data\s*2/);
  await page.keyboard.press("Enter");
  await expectListed(page, ["skill:pdf", "skill:xlsx"]);
});

test("list and grid, and the order, stand in the address", async (context) => {
  const { page } = await openWebApp(context, createMixedHome(), { path });
  await page.getByRole("button", { name: "Grid", exact: true }).click();
  await page.getByRole("gridcell").first().waitFor();
  await page.getByRole("button", { name: "Sorted by name" }).click();
  await page.getByRole("menuitemradio", { name: "Type, then name" }).click();
  const byType = ["agent:helper", "command:review", "skill:pdf", "skill:xlsx"];
  await expectListed(page, byType);
  await page.reload();
  await expectListed(page, byType);
  expect(page.url()).toContain("view=grid");
  await page.getByRole("button", { name: "List", exact: true }).click();
  await page.getByRole("columnheader", { name: "Name" }).waitFor();
});

test("a filter that leaves nothing, and one for what is not there, say so and are taken off", async (context) => {
  const { page, goto, allow } = await openWebApp(context, createMixedHome(), {
    path: `${path}?q=nowhere`,
  });
  await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
  await page.getByRole("button", { name: "Show all artifacts" }).click();
  await expectListed(page, ["agent:helper", "skill:pdf", "command:review", "skill:xlsx"]);
  allow(/404/);
  await goto(`${path}?tag=gone`);
  await page.getByRole("heading", { name: /There is no tag/ }).waitFor();
  await page.getByRole("button", { name: "Show all artifacts" }).click();
  await expectListed(page, ["agent:helper", "skill:pdf", "command:review", "skill:xlsx"]);
});

test("an empty collection says how to add something, here and in a terminal", async (context) => {
  const home = createHome();
  home.writeCollection(HEAD);
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("heading", { name: "No artifacts yet" }).waitFor();
  await page.getByText("skillmeat artifact add ~/my-skills").waitFor();
  await page.getByRole("button", { name: "Add artifacts" }).click();
  const dialog = page.getByRole("dialog", { name: "Add artifacts" });
  await dialog.getByLabel("Path").waitFor();
  expect(await page.locator("[data-index]").count()).toBe(0);
});

test("rows are walked, selected and opened by keys alone", async (context) => {
  const { page } = await openWebApp(context, createMixedHome(), { path });
  await item(page, "agent:helper").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("3 selected", { exact: true }).waitFor();
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByText("2 selected", { exact: true }).waitFor();
  expect(await item(page, "skill:pdf").getAttribute("aria-selected")).toBe("true");
  await page.keyboard.press("Escape");
  await page.getByText("2 selected", { exact: true }).waitFor({ state: "detached" });
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "helper" }).waitFor();
  await page.keyboard.press("j");
  await page.getByRole("complementary", { name: "pdf" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("complementary").waitFor({ state: "detached" });
});

test("of 1,200 artifacts only those on the screen are drawn, and all of them are selected", async (context) => {
  const home = createHome();
  const rows = Array.from(
    { length: 1_200 },
    (_, index) => `\n[[artifacts]]\nname = "a${String(index).padStart(4, "0")}"\ntype = "skill"\n`,
  );
  home.writeCollection(HEAD + rows.join(""));
  const { page } = await openWebApp(context, home, { path });
  await item(page, "skill:a0000").waitFor();
  expect(await page.locator("[data-index]").count()).toBeLessThan(60);
  await item(page, "skill:a0000").focus();
  await page.keyboard.press("Control+a");
  await page.getByText("1,200 selected", { exact: true }).waitFor();
  await page.keyboard.press("End");
  await item(page, "skill:a0199").waitFor();
  expect(await page.locator("[data-index]").count()).toBeLessThan(60);
});

test("names and texts of files cannot run, nor break the page, at any width", async (context) => {
  const home = createHome();
  const long = "x".repeat(200);
  const row = (name: string) => `\n[[artifacts]]\nname = ${JSON.stringify(name)}\ntype = "skill"\n`;
  const names = ["<img src=x onerror=alert(1)>", long, "مرحبا\u202Egnp", "👩‍👩‍👧 日本語"];
  home.writeCollection(
    HEAD +
      names.map(row).join("") +
      tagRow("<b>bold</b>", "bold", "red;background:url(https://example.org)") +
      groupRow("<script>alert(1)</script>", "pdf"),
    {
      "skills/pdf/SKILL.md": `---\ntitle: "<svg onload=alert(1)>"\ndescription: "a\\u0007b ${long}"\ntags: [bold]\n---\n`,
    },
  );
  const { page, server, goto } = await openWebApp(context, home, { path });
  const heard: string[] = [];
  page.on("dialog", (dialog) => heard.push(dialog.message()));
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) heard.push(request.url());
  });
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const view of ["list", "grid"]) {
      await goto(`${path}?view=${view}`);
      await page.getByText("<img src=x onerror=alert(1)>").waitFor();
      await page.getByText("مرحباgnp").waitFor();
      await item(page, "skill:pdf").waitFor();
      const [wide, shown] = await page
        .locator("html")
        .evaluate((root) => [root.scrollWidth, root.clientWidth]);
      expect(wide, `${view} at ${width}`).toBe(shown);
      expect(await page.locator("main img, main script, main b").count()).toBe(0);
    }
    await item(page, "skill:pdf").click();
    const panel = page.getByRole(width === 390 ? "dialog" : "complementary", { name: "pdf" });
    await panel.getByText("<script>alert(1)</script>").waitFor();
    await panel.getByText("<svg onload=alert(1)>").waitFor();
    expect(await panel.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
    expect(await panel.locator("img, script, b, svg[onload]").count()).toBe(0);
  }
  expect(heard).toEqual([]);
});
