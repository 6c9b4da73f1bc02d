import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { HEAD, skill, tagRow, withoutUpdated } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const path = "/c/default/tags";

function createTaggedHome(): TestHome {
  const home = createHome();
  const row = (name: string, tags: string) =>
    `\n[[artifacts]]\nname = "${name}"\ntype = "skill"\ntags = ${tags}\n`;
  home.writeCollection(
    HEAD +
      row("a", `["docs"]`) +
      row("b", `["docs"]`) +
      tagRow("Docs", "docs", "#3B82F6") +
      tagRow("Zebra", "zebra") +
      tagRow("Backend", "backend"),
    {
      "skills/a/SKILL.md": skill("docs"),
      "skills/b/SKILL.md": skill("infile"),
    },
  );
  return home;
}

const row = (page: Page, slug: string) => page.locator(`[data-slug="${slug}"]`);

const slugs = (page: Page) =>
  page
    .locator("[data-slug]")
    .evaluateAll((rows) => rows.map((each) => each.getAttribute("data-slug")));

async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions of ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** The row of a tag in the manifest. */
function tagInFile(home: TestHome, slug: string): string | undefined {
  return home
    .manifest()
    .split("[[")
    .find((part) => part.startsWith("tag_definitions") && part.includes(`slug = "${slug}"`));
}

test("tags are listed with what is known of them, and a count leads to the artifacts", async (context) => {
  const { page } = await openWebApp(context, createTaggedHome(), { path });
  await row(page, "docs").waitFor();
  expect(await slugs(page)).toEqual(["backend", "docs", "infile", "zebra"]);
  await row(page, "infile").getByText("Not defined").waitFor();
  await row(page, "docs").getByRole("link", { name: "2 artifacts" }).click();
  await page.waitForURL("**/c/default/artifacts?tag=docs");
});

test("tags are sorted by use, and searched from the keyboard; the address keeps both", async (context) => {
  const { page } = await openWebApp(context, createTaggedHome(), { path });
  await page.getByRole("button", { name: "Artifacts" }).click();
  await expect.poll(() => slugs(page)).toEqual(["docs", "infile", "backend", "zebra"]);
  await page.getByRole("button", { name: "Artifacts" }).click();
  await expect.poll(() => slugs(page)).toEqual(["backend", "zebra", "infile", "docs"]);
  await page.keyboard.press("/");
  await page.keyboard.type("e");
  await page.waitForURL(/q=e/);
  expect(await slugs(page)).toEqual(["backend", "zebra", "infile"]);
  await page.reload();
  await row(page, "zebra").waitFor();
  expect(await slugs(page)).toEqual(["backend", "zebra", "infile"]);
  await page.getByRole("textbox", { name: "Search tags" }).fill("nothing of that");
  await page.getByText("No such tag").waitFor();
  await page.getByRole("button", { name: "Show all tags" }).click();
  await row(page, "docs").waitFor();
});

test("a name is edited in place: Enter saves it, Esc takes it back, and the slug stays", async (context) => {
  const home = createTaggedHome();
  const { page } = await openWebApp(context, home, { path });
  const name = row(page, "docs").getByRole("button", { name: /^Edit: Name of Docs/ });
  await name.click();
  await page.keyboard.type("Never");
  await page.keyboard.press("Escape");
  expect(await name.innerText()).toBe("Docs");
  expect(await name.evaluate((element) => element.matches(":focus"))).toBe(true);
  await page.keyboard.press("Enter");
  await page.keyboard.type("Zoology");
  await page.keyboard.press("Enter");
  await expect.poll(() => tagInFile(home, "docs")).toContain('name = "Zoology"');
  expect(home.manifest()).not.toContain("Never");
  // It went to where its name belongs, and the focus with it.
  expect(await slugs(page)).toEqual(["backend", "infile", "zebra", "docs"]);
  const renamed = row(page, "docs").getByRole("button", { name: /^Edit: Name/ });
  await expect.poll(() => renamed.evaluate((element) => element.matches(":focus"))).toBe(true);
});

test("a description is written in place, with lines, and saved by leaving it", async (context) => {
  const home = createTaggedHome();
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("button", { name: "Add a description: Description of Docs" }).click();
  await page.keyboard.type("For people");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("who read");
  await page.getByRole("textbox", { name: "Search tags" }).click();
  await row(page, "docs").getByText("For people who read").waitFor();
  await expect.poll(() => tagInFile(home, "docs")).toMatch(/For people(\\n|\n)who read/);
});

test("a name that another tag has is taken back, and said", async (context) => {
  const home = createTaggedHome();
  const before = home.manifest();
  const { page, allow } = await openWebApp(context, home, { path });
  allow(/409/);
  await choose(page, "Zebra", "Rename");
  await page.keyboard.type("Docs");
  await page.keyboard.press("Enter");
  await page.getByText('There is already a tag "Docs"').waitFor();
  await row(page, "zebra").getByText("Zebra", { exact: true }).waitFor();
  expect(home.manifest()).toBe(before);
});

test("a slug is changed in a dialog, which says why where it cannot be", async (context) => {
  const home = createTaggedHome();
  const { page, allow } = await openWebApp(context, home, { path });
  allow(/409/);
  await choose(page, "Docs", "Change the slug…");
  const dialog = page.getByRole("dialog", { name: "The slug of “Docs”" });
  await dialog.getByLabel("Slug").fill("papers");
  await page.keyboard.press("Enter");
  await dialog.getByText(/it stands in the frontmatter of skill:a/).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await choose(page, "Backend", "Change the slug…");
  const other = page.getByRole("dialog", { name: "The slug of “Backend”" });
  await other.getByLabel("Slug").fill("server");
  await page.keyboard.press("Enter");
  await row(page, "server").waitFor();
  expect(tagInFile(home, "server")).toContain('name = "Backend"');
  expect(tagInFile(home, "backend")).toBeUndefined();
});

test("a tag is created with the slug that was shown before, a colour and a description", async (context) => {
  const home = createTaggedHome();
  const { page, server } = await openWebApp(context, home, { path });
  await page.getByRole("button", { name: "New tag" }).click();
  const form = page.getByRole("form", { name: "New tag" });
  await page.keyboard.type("C++");
  await form.getByText("c-u002b-u002b", { exact: true }).waitFor();
  await form.getByRole("button", { name: "Colour of the new tag: no colour" }).click();
  await page.getByRole("button", { name: "Teal" }).click();
  await form.getByLabel("Description of the new tag").fill("A language");
  await page.keyboard.press("Enter");
  await page.getByText("Created the tag “C++”").waitFor();
  await row(page, "c-u002b-u002b").waitFor();
  expect(tagInFile(home, "c-u002b-u002b")).toBe(
    'tag_definitions]]\nname = "C++"\nslug = "c-u002b-u002b"\ncolor = "#10A38F"\ndescription = "A language"\n',
  );
  // The form stays, for the next one.
  await expect.poll(() => form.getByLabel("Name of the new tag").inputValue()).toBe("");
  await expect.poll(() => server.mutations()).toEqual(["tags.create"]);
});

test("a name that is taken is said in the form, and nothing that was typed is lost", async (context) => {
  const { page, allow } = await openWebApp(context, createTaggedHome(), { path });
  allow(/409/);
  await page.getByRole("button", { name: "New tag" }).click();
  await page.keyboard.type("DOCS");
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "New tag" });
  await form.getByText('There is already a tag "Docs"').waitFor();
  expect(await form.getByLabel("Name of the new tag").inputValue()).toBe("DOCS");
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
});

test("a tag that files alone name is defined by one click", async (context) => {
  const home = createTaggedHome();
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("button", { name: "Define infile" }).click();
  await page.getByText("Defined the tag “infile”").waitFor();
  await row(page, "infile").getByText("Add a description").waitFor();
  expect(tagInFile(home, "infile")).toContain('name = "infile"');
});

test("deleting says how many still carry it, and undoing brings back all of it", async (context) => {
  const home = createTaggedHome();
  const before = withoutUpdated(home.manifest());
  const { page } = await openWebApp(context, home, { path });
  await choose(page, "Docs", "Delete");
  await page
    .getByText("Deleted the tag “Docs”; taken off 1 artifact; 1 artifact still carries it")
    .waitFor();
  expect(tagInFile(home, "docs")).toBeUndefined();
  expect(home.manifest()).not.toContain(`tags = ["docs"]`);
  await row(page, "docs").getByText("Not defined").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText(/^Undone/).waitFor();
  await row(page, "docs").getByText("Docs", { exact: true }).waitFor();
  expect(withoutUpdated(home.manifest())).toBe(before);
});

test("once a tag is deleted by the keyboard the next one has the focus", async (context) => {
  const { page } = await openWebApp(context, createTaggedHome(), { path });
  await page.getByRole("button", { name: "Actions of Backend" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Delete" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await row(page, "backend").waitFor({ state: "detached" });
  const next = page.getByRole("button", { name: "Actions of Docs" });
  await expect.poll(() => next.evaluate((element) => element.matches(":focus"))).toBe(true);
});

test("what another program changes shows without a reload", async (context) => {
  const { page, server } = await openWebApp(context, createTaggedHome(), { path });
  await row(page, "zebra").waitFor();
  await server.client.tags.update.mutate({ slug: "zebra", description: "Striped" });
  await row(page, "zebra").getByText("Striped").waitFor();
  await server.client.tags.delete.mutate({ slug: "zebra" });
  await expect.poll(() => slugs(page)).toEqual(["backend", "docs", "infile"]);
});

test("without tags the page says what they are for, and makes one", async (context) => {
  const home = createHome();
  home.writeCollection(HEAD);
  const { page } = await openWebApp(context, home, { path });
  await page.getByText("skillmeat tag create Backend").waitFor();
  await page.getByRole("button", { name: "Create a tag" }).click();
  await page.keyboard.type("First");
  await page.keyboard.press("Enter");
  await row(page, "first").waitFor();
  expect(tagInFile(home, "first")).toContain('name = "First"');
});

test("of thousands of tags only those in sight are there, and the last is reached", async (context) => {
  const home = createHome();
  const rows = Array.from({ length: 2_000 }, (_, at) => tagRow(`Tag ${at}`, `tag-${at}`));
  home.writeCollection(HEAD + rows.join(""));
  const { page } = await openWebApp(context, home, { path, width: 390 });
  await row(page, "tag-0").waitFor();
  expect((await slugs(page)).length).toBeLessThan(60);
  await page.getByRole("table", { name: "Tags" }).evaluate((table) => {
    const area = table.parentElement;
    area?.scrollTo(0, area.scrollHeight);
  });
  await row(page, "tag-1999").waitFor();
  expect((await slugs(page)).length).toBeLessThan(60);
  await page.getByRole("textbox", { name: "Search tags" }).fill("tag-777");
  await expect.poll(() => slugs(page)).toEqual(["tag-777"]);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
});
