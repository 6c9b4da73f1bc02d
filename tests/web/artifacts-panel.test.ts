import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const path = "/c/default/artifacts";
const SKILL = "collections/default/skills/pdf/SKILL.md";

function createPanelHome(text = skill("infile")): TestHome {
  const home = createHome();
  home.writeCollection(
    `${HEAD}\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["own"]\n` +
      tagRow("Own", "own") +
      groupRow("Documents", "pdf") +
      groupRow("Other"),
    { "skills/pdf/SKILL.md": text, "commands/review.md": "Review it" },
  );
  return home;
}

const open = (id: string) => `${path}?artifact=${encodeURIComponent(id)}`;

test("the details show the file as it reads, and survive a reload", async (context) => {
  const text =
    "---\nlicense: MIT\n---\n# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nls\n```\n";
  const { page } = await openWebApp(context, createPanelHome(text), { path });
  await page.locator('[data-id="skill:pdf"]').click();
  const panel = page.getByRole("complementary", { name: "pdf" });
  await panel.getByRole("heading", { name: "Title" }).waitFor();
  await panel.getByRole("cell", { name: "2" }).waitFor();
  await panel.getByRole("rowheader", { name: "license" }).waitFor();
  expect(await panel.locator("pre").innerText()).toBe("ls\n");
  await panel.getByRole("button", { name: "Source" }).click();
  expect(await panel.locator("pre").innerText()).toBe(text);
  await page.reload();
  await panel.getByRole("heading", { name: "Title" }).waitFor();
});

test("HTML, scripts, images and addresses in a file do nothing", async (context) => {
  const home = createPanelHome(
    [
      '<img src="x" onerror="window.hacked = 1">',
      "<script>window.hacked = 2</script>",
      "[run](javascript:window.hacked=3) [also](data:text/html,x) [inside](/c/default/board)",
      "![a picture](https://example.org/x.png)",
      "[web](https://example.org/page) <https://example.org/auto>",
      '<iframe src="https://example.org"></iframe><style>body{display:none}</style>',
    ].join("\n\n"),
  );
  const { page, server } = await openWebApp(context, home);
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(server.url)) elsewhere.push(request.url());
  });
  await page.goto(server.url + open("skill:pdf"));
  const panel = page.getByRole("complementary", { name: "pdf" });
  await panel.getByText('onerror="window.hacked = 1"').waitFor();
  await panel.getByText("run", { exact: true }).click();
  expect(await panel.locator("img, script, iframe, style, object, embed").count()).toBe(0);
  const links = await panel
    .getByRole("region")
    .getByRole("link")
    .evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.getAttribute("rel")]));
  const rel = "noopener noreferrer nofollow";
  expect(links).toEqual([
    ["https://example.org/x.png", rel],
    ["https://example.org/page", rel],
    ["https://example.org/auto", rel],
  ]);
  expect(await page.evaluate("'hacked' in window")).toBe(false);
  expect(elsewhere).toEqual([]);
});

test("a file that is cut says so, and one that is no Markdown is shown as it is", async (context) => {
  const home = createPanelHome("word ".repeat(60_000));
  home.write("collections/default/hooks/check.sh", "#!/bin/sh\necho '# no heading'\n");
  const { page, goto } = await openWebApp(context, home, { path: open("skill:pdf") });
  await page.getByText("The file is longer than what is shown here.").waitFor();
  await goto(open("hook:check"));
  const panel = page.getByRole("complementary", { name: "check" });
  await panel.getByText("# no heading").waitFor();
  expect(await panel.getByRole("heading", { name: "no heading" }).count()).toBe(0);
});

test("a tag of ours is taken off, one in the file is marked and stays", async (context) => {
  const home = createPanelHome();
  const { page } = await openWebApp(context, home, { path: open("skill:pdf") });
  const panel = page.getByRole("complementary", { name: "pdf" });
  await panel.getByRole("button", { name: "“infile” stands in skills/pdf/SKILL.md" }).waitFor();
  expect(await panel.getByRole("button", { name: "Take the tag infile off" }).count()).toBe(0);
  await panel.getByRole("button", { name: "Take the tag Own off" }).click();
  await page.getByText("“Own” taken off pdf").waitFor();
  expect(home.manifest()).not.toContain(`tags = ["own"]`);
  await panel.getByRole("combobox", { name: "Tag this artifact" }).click();
  await page.getByRole("option", { name: "Own" }).click();
  await page.getByText("pdf tagged “Own”").waitFor();
  expect(home.manifest()).toContain(`tags = ["own"]`);
});

test("an artifact is taken out of a group and put into another", async (context) => {
  const home = createPanelHome();
  const { page } = await openWebApp(context, home, { path: open("skill:pdf") });
  const panel = page.getByRole("complementary", { name: "pdf" });
  await panel.getByRole("button", { name: "Take out of Documents" }).click();
  await page.getByText("pdf taken out of “Documents”").waitFor();
  expect(home.manifest()).not.toContain('pdf"]');
  await panel.getByRole("combobox", { name: "Put this artifact into a group" }).click();
  await page.getByRole("option", { name: "Other" }).click();
  await page.getByText("pdf added to “Other”").waitFor();
  expect(home.manifest()).toMatch(/name = "Other"\nmembers = \["pdf"\]/);
  await page.keyboard.press("Escape");
  await panel.getByRole("link", { name: "Other" }).click();
  await page.waitForURL(/group=Other/);
});

test("an artifact is removed to the trash, and undo brings its files and its places back", async (context) => {
  const home = createPanelHome();
  const { page } = await openWebApp(context, home, { path: open("skill:pdf") });
  await page.getByRole("button", { name: "Remove pdf" }).click();
  await page.getByText("pdf moved to the trash").waitFor();
  await page.locator('[data-id="skill:pdf"]').waitFor({ state: "detached" });
  expect(home.manifest()).not.toContain("pdf");
  expect(() => home.read(SKILL)).toThrow("ENOENT");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone: pdf moved to the trash").waitFor();
  await page.locator('[data-id="skill:pdf"]').waitFor();
  expect(home.read(SKILL)).toBe(skill("infile"));
  expect(home.manifest()).toContain(`members = ["pdf"]`);
});

test("a missing artifact says why and what to do, and is found again where its files are put back", async (context) => {
  const home = createPanelHome();
  home.remove("collections/default/skills/pdf");
  const { page } = await openWebApp(context, home, { path: open("skill:pdf") });
  await page.locator('[data-id="skill:pdf"]').getByText("missing", { exact: true }).waitFor();
  const panel = page.getByRole("complementary", { name: "pdf" });
  await panel.getByRole("heading", { name: "Its files are missing" }).waitFor();
  await panel.getByText("skillmeat artifact add PATH").waitFor();
  home.write(SKILL, "# Here again\n");
  await panel.getByRole("button", { name: "Look again" }).click();
  await panel.getByRole("heading", { name: "Here again" }).waitFor();
  expect(home.manifest()).toContain(`members = ["pdf"]`);
});

test("what is not there any more says so, and Esc closes it", async (context) => {
  const { page, goto, allow } = await openWebApp(context, createPanelHome(), { path });
  allow(/404/);
  await goto(open("skill:gone"));
  await page.getByRole("heading", { name: /There is no artifact/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.searchParams.has("artifact"));
  await page.getByRole("complementary").waitFor({ state: "detached" });
  expect(await page.locator('[data-id="skill:pdf"]').count()).toBe(1);
});

test("artifacts are added by their path, after a look at what would come", async (context) => {
  const home = createPanelHome();
  home.write("elsewhere/skills/xlsx/SKILL.md", skill("table"));
  home.write("elsewhere/skills/pdf/SKILL.md", "another");
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Add artifacts" });
  await dialog.getByLabel("Path").fill("~/skills");
  await page.keyboard.press("Enter");
  await dialog.getByText("Write the home folder out").waitFor();
  await dialog.getByLabel("Path").fill(home.path("elsewhere"));
  await page.keyboard.press("Enter");
  await dialog.getByText("The collection already has skill:pdf").waitFor();
  expect(home.manifest()).not.toContain("xlsx");
  await dialog.getByRole("button", { name: "Add 1 artifact" }).click();
  await page.getByText("1 artifact added").waitFor();
  await page.locator('[data-id="skill:xlsx"]').waitFor();
  expect(home.manifest()).toContain(`name = "xlsx"`);
  expect(home.read("collections/default/skills/xlsx/SKILL.md")).toBe(skill("table"));
  expect(home.read(SKILL)).toBe(skill("infile"));
});
