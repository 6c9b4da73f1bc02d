import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow, withoutUpdated } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const path = "/c/default/artifacts";

function createTaggedHome(last = "[]"): TestHome {
  const home = createHome();
  const row = (name: string, tags: string) =>
    `\n[[artifacts]]\nname = "${name}"\ntype = "skill"\ntags = ${tags}\n`;
  home.writeCollection(
    HEAD +
      row("a", `["docs"]`) +
      row("b", "[]") +
      row("c", last) +
      tagRow("Docs", "docs", "#3B82F6") +
      groupRow("First", "a"),
    {
      "skills/a/SKILL.md": skill(),
      "skills/b/SKILL.md": skill("infile"),
      "skills/c/SKILL.md": skill(),
    },
  );
  return home;
}

const item = (page: Page, id: string) => page.locator(`[data-id="${id}"]`);

async function select(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).click();
  }
  await page.getByText(`${names.length} selected`, { exact: true }).waitFor();
}

/** The `tags` of an artifact's row, as the manifest writes them. */
function tagsInFile(home: TestHome, name: string): string | undefined {
  const row = home
    .manifest()
    .split("[[")
    .find((part) => part.includes(`\nname = "${name}"\n`));
  return /^tags = (.*)$/m.exec(row ?? "")?.[1];
}

test("several artifacts are tagged at once, the file has it, and one click takes it back", async (context) => {
  const home = createTaggedHome();
  const before = withoutUpdated(home.manifest());
  const { page } = await openWebApp(context, home, { path });
  await select(page, "a", "b", "c");
  await page.getByRole("combobox", { name: "Tag 3 artifacts" }).click();
  const docs = page.getByRole("option", { name: /Docs/ });
  expect(await docs.innerText()).toContain("some");
  await docs.click();
  await page.getByText("2 artifacts tagged “Docs”").waitFor();
  expect(["a", "b", "c"].map((name) => tagsInFile(home, name))).toEqual([
    `["docs"]`,
    `["docs"]`,
    `["docs"]`,
  ]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText(/^Undone/).waitFor();
  expect(withoutUpdated(home.manifest())).toBe(before);
});

test("a tag that is not there yet is created while tagging, defined in the file, and undone with it", async (context) => {
  const home = createTaggedHome();
  const before = withoutUpdated(home.manifest());
  const { page } = await openWebApp(context, home, { path });
  await select(page, "a", "c");
  await page.getByRole("combobox", { name: "Tag 2 artifacts" }).click();
  await page.getByPlaceholder("Find or create a tag").fill("Needs review");
  await page.getByRole("option", { name: "Create “Needs review”" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("2 artifacts tagged “Needs review”, which is new").waitFor();
  expect(home.manifest()).toMatch(
    /\[\[tag_definitions\]\]\nname = "Needs review"\nslug = "needs-review"/,
  );
  expect(tagsInFile(home, "c")).toBe(`["needs-review"]`);
  await item(page, "skill:c").getByText("Needs review").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText(/^Undone/).waitFor();
  expect(withoutUpdated(home.manifest())).toBe(before);
});

test("a tag is taken off several, and it is told how many files say it themselves", async (context) => {
  const home = createTaggedHome(`["infile"]`);
  const { page } = await openWebApp(context, home, { path: `${path}?tag=infile` });
  await select(page, "b", "c");
  await page.getByRole("combobox", { name: "Tag 2 artifacts" }).click();
  await page.getByRole("option", { name: "infile" }).click();
  await page.getByText("“infile” taken off 2 artifacts; 1 file says it itself").waitFor();
  expect(tagsInFile(home, "c")).toBe("[]");
  await item(page, "skill:c").waitFor({ state: "detached" });
  await item(page, "skill:b").waitFor();
});

test("a range is selected with Shift, and put into a group, an old one and a new one", async (context) => {
  const home = createTaggedHome();
  const { page } = await openWebApp(context, home, { path });
  await page.getByRole("checkbox", { name: "Select a", exact: true }).click();
  const last = page.getByRole("checkbox", { name: "Select c", exact: true });
  await last.click({ modifiers: ["Shift"] });
  await page.getByText("3 selected", { exact: true }).waitFor();
  await page.getByRole("combobox", { name: "Put 3 artifacts into a group" }).click();
  await page.getByRole("option", { name: "First" }).click();
  await page.getByText("2 artifacts added to “First”").waitFor();
  expect(home.manifest()).toContain(`members = ["a", "b", "c"]`);
  await page.getByPlaceholder("Find or create a group").fill("Second");
  await page.getByRole("option", { name: "Create “Second”" }).click();
  await page.getByText("3 artifacts added to the new group “Second”").waitFor();
  expect(home.manifest().match(/members = \["a", "b", "c"\]/g)).toHaveLength(2);
});

test("removing several asks first, moves them to the trash, and is undone as one", async (context) => {
  const home = createTaggedHome();
  const { page } = await openWebApp(context, home, { path });
  await select(page, "a", "b");
  await page.getByRole("button", { name: "Remove 2 artifacts" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove 2 artifacts?" });
  await dialog.getByRole("button", { name: "Remove 2 artifacts" }).click();
  await page.getByText("2 artifacts moved to the trash").waitFor();
  await item(page, "skill:a").waitFor({ state: "detached" });
  expect(home.manifest()).not.toContain(`name = "a"`);
  expect(() => home.read("collections/default/skills/a/SKILL.md")).toThrow("ENOENT");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Undone: 2 artifacts moved to the trash").waitFor();
  await item(page, "skill:a").waitFor();
  expect(home.read("collections/default/skills/a/SKILL.md")).toBe(skill());
  expect(tagsInFile(home, "a")).toBe(`["docs"]`);
  expect(home.manifest()).toContain(`members = ["a"]`);
});
