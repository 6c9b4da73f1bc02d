import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openTab } from "../support/chromium.ts";
import { run } from "../support/cli.ts";
import { createHome } from "../support/home.ts";
import { startServer } from "../support/serve.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp, openWebAppOf } from "../support/web.ts";
import { createGroup, markPage, openFilePanel, openPart } from "../support/web-file.ts";

const FILE = "collections/default/collection.toml";
const GOOD = HEAD + tagRow("T", "t") + groupRow("A", "pdf");
/** What a browser says of a server that is gone, or does not know it. */
const UNREACHED = /net::ERR_|Failed to load resource/;

function homeWith(manifest: string) {
  const home = createHome();
  home.writeCollection(manifest, { "skills/pdf/SKILL.md": skill() });
  return home;
}

/** The list of changes in the panel, which is told of everything. */
async function openHistory(page: Page) {
  const panel = await openFilePanel(page);
  await openPart(panel, "History");
  return panel.getByRole("list", { name: "Changes" }).getByRole("listitem");
}

test("a change by a command and one in the file appear without a reload", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  const isSame = await markPage(page);
  await createGroup(page, "Mine");
  const changes = await openHistory(page);
  await changes.filter({ hasText: "Mine" }).waitFor();
  await run(home, ["group", "create", "Foreign"]);
  await changes.filter({ hasText: "Foreign" }).waitFor();
  await run(home, ["group", "create", "Beside the server", "--embedded"]);
  await changes.filter({ hasText: "Beside the server" }).waitFor();
  home.write(FILE, home.manifest() + groupRow("In the file"));
  await changes.filter({ hasText: "In the file" }).waitFor();
  expect(await isSame()).toBe(true);
});

test("a change in one tab appears in the other", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill, server } = await openWebApp(context, home);
  const other = await openWebAppOf(context, server);
  await pill("Saved");
  await other.pill("Saved");
  const changes = await openHistory(other.page);
  await createGroup(page, "From the first tab");
  await changes.filter({ hasText: "From the first tab" }).waitFor();
  expect(home.manifest()).toContain('name = "From the first tab"');
});

test("a page whose server is killed says so, and goes on with the one that is started in its place, without a reload", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill, server, allow } = await openWebApp(context, home);
  allow(UNREACHED);
  await pill("Saved");
  const isSame = await markPage(page);
  await createGroup(page, "Before");
  await page.getByText("Created the group Before").waitFor();
  await server.stop("SIGKILL");
  await pill("No connection");
  await createGroup(page, "Meanwhile");
  await page.getByText(/No SkillMeat server answers/).waitFor();
  await run(home, ["group", "create", "Foreign", "--embedded"]);

  await startServer(home, [], Number(new URL(server.url).port));
  await pill("Saved");
  const changes = await openHistory(page);
  await changes.filter({ hasText: "Foreign" }).waitFor();
  expect(await changes.filter({ hasText: "Before" }).count()).toBe(1);
  await page.keyboard.press("Escape");
  await createGroup(page, "After");
  await page.getByText("Created the group After").waitFor();
  expect(home.manifest().match(/(?<=^name = ").*(?="$)/gm)).toEqual([
    "Mine",
    "T",
    "A",
    "Before",
    "Foreign",
    "After",
  ]);
  expect(await isSame()).toBe(true);
});

test("a server that was started anew and whose browsers were shut out says how to be let in, and what was on the page stays", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill, server, allow } = await openWebApp(context, home);
  allow(UNREACHED);
  await pill("Saved");
  const isSame = await markPage(page);
  await server.stop("SIGTERM");
  home.remove("browser-key");
  const next = await startServer(home, [], Number(new URL(server.url).port));
  const asked = page.getByRole("heading", {
    name: "Open the address that skillmeat serve printed",
  });
  await asked.waitFor();
  await page.context().request.get(`${next.url}/?token=${next.token}`);
  await asked.waitFor({ state: "detached" });
  await pill("Saved");
  expect(await isSame()).toBe(true);
});

test("a browser that the server does not know is told what to open, asks little, and goes on once it is let in", async (context) => {
  const home = homeWith(GOOD);
  const server = await startServer(home);
  const page = await openTab(context);
  let calls = 0;
  page.on("request", (request) => {
    if (request.url().includes("/trpc/")) calls += 1;
  });
  await page.goto(server.url);
  await page
    .getByRole("heading", { name: "Open the address that skillmeat serve printed" })
    .waitFor();
  const before = calls;
  // Some seconds by the page's own clock, in which it asks whether it is let in now.
  for (let time = 0; time < 3; time += 1) {
    await page.waitForResponse((response) => response.url().includes("system.health"));
  }
  expect(calls - before).toBeLessThanOrEqual(4);
  await page.context().request.get(`${server.url}/?token=${server.token}`);
  await page.waitForURL("**/c/default/board");
  await page.locator("button[data-state]", { hasText: "Saved" }).waitFor();
});

test("the cache that is deleted under an open page is recovered, with all that the page shows", async (context) => {
  const home = homeWith(GOOD);
  const { page, pill } = await openWebApp(context, home);
  await pill("Saved");
  const isSame = await markPage(page);
  await createGroup(page, "Before");
  await page.getByText("Created the group Before").waitFor();
  home.remove("cache");
  await createGroup(page, "After");
  await page.getByText("Created the group After").waitFor();
  await pill("Saved");
  expect(home.manifest()).toContain('name = "Before"');
  expect(home.manifest()).toContain('name = "After"');
  const changes = await openHistory(page);
  await changes.filter({ hasText: "After" }).waitFor();
  expect(await isSame()).toBe(true);
});
