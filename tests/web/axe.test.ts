import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { groupRow, HEAD, skill, tagRow } from "../support/texts.ts";
import { openWebApp } from "../support/web.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const MANIFEST =
  HEAD +
  tagRow("Docs", "docs", "#3B82F6") +
  tagRow("Plain", "plain") +
  groupRow("Start", "pdf", "gone", "review") +
  groupRow("Empty");

const FILES = {
  "skills/pdf/SKILL.md": skill("docs", "loose"),
  "commands/review.md":
    "---\ndescription: Reviews\n---\n\n# Review\n\n- `one`\n- [two](https://example.org)\n",
  "agents/alone.md": "---\ntags: [plain]\n---\n",
};

interface Place {
  readonly name: string;
  readonly path: string;
  /** What is opened there, and waited for. */
  readonly open?: (page: Page) => Promise<unknown>;
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const role = (page: Page, name: "dialog" | "menu") => page.getByRole(name).waitFor();

/** Focuses a card by the keyboard's way to it, and presses keys there. */
async function onCard(page: Page, ...keys: string[]): Promise<void> {
  await page.locator('[data-key][aria-label^="pdf, "]').focus();
  for (const key of keys) await page.keyboard.press(key);
}

const PLACES: readonly Place[] = [
  { name: "the board", path: "/c/default/board" },
  {
    name: "the board, with a card selected",
    path: "/c/default/board",
    open: (page) => onCard(page, "x"),
  },
  {
    name: "the board, with a card lifted",
    path: "/c/default/board",
    open: (page) => onCard(page, "Space"),
  },
  {
    name: "the menu of a card",
    path: "/c/default/board",
    open: async (page) => {
      await onCard(page, "m");
      await role(page, "menu");
    },
  },
  {
    name: "the dialog of a group",
    path: "/c/default/board",
    open: async (page) => {
      await press(page, "Menu of the group Start");
      await page.getByRole("menuitem", { name: /^Description/ }).click();
      await role(page, "dialog");
    },
  },
  {
    name: "a new group",
    path: "/c/default/board",
    open: (page) => page.getByRole("button", { name: "New group" }).first().click(),
  },
  { name: "the artifacts", path: "/c/default/artifacts" },
  { name: "the artifacts as a grid", path: "/c/default/artifacts?view=grid" },
  { name: "no artifacts, for the filters", path: "/c/default/artifacts?q=nothing" },
  {
    name: "the artifacts, all selected",
    path: "/c/default/artifacts",
    open: async (page) => {
      await page.locator("[data-index]").first().focus();
      await page.keyboard.press("Control+a");
    },
  },
  { name: "an artifact", path: "/c/default/artifacts?artifact=command%3Areview" },
  { name: "the tags", path: "/c/default/tags" },
  {
    name: "the menu of a tag",
    path: "/c/default/tags",
    open: async (page) => {
      await press(page, "Actions of Docs");
      await role(page, "menu");
    },
  },
  {
    name: "the choice of a theme",
    path: "/c/default/tags",
    open: async (page) => {
      const button = page.getByRole("button", { name: "How the page looks" });
      if (!(await button.isVisible())) return;
      await button.click();
      await role(page, "menu");
    },
  },
  {
    name: "a colour being chosen",
    path: "/c/default/tags",
    open: async (page) => {
      await press(page, "Colour of Docs: Blue");
      await role(page, "dialog");
    },
  },
  {
    name: "a new tag",
    path: "/c/default/tags",
    open: (page) => page.getByRole("button", { name: "New tag" }).first().click(),
  },
  { name: "the collections", path: "/collections" },
  {
    name: "a new collection",
    path: "/collections",
    open: async (page) => {
      await press(page, "New collection");
      await role(page, "dialog");
    },
  },
  { name: "a page that is not there", path: "/nothing" },
  {
    name: "the panel of the file",
    path: "/c/default/board",
    open: async (page) => {
      await page.locator("button[data-state]").click();
      await role(page, "dialog");
    },
  },
  {
    name: "the palette",
    path: "/c/default/board",
    open: async (page) => {
      await page.keyboard.press("Control+k");
      await role(page, "dialog");
    },
  },
  {
    name: "the keys",
    path: "/c/default/board",
    open: async (page) => {
      await page.keyboard.press("?");
      await role(page, "dialog");
    },
  },
];

for (const [theme, width] of [
  ["light", 1280],
  ["dark", 1280],
  ["light", 390],
] as const) {
  test(`nothing on any page stands in the way of assistive technology, ${theme}, ${width} px`, async (context) => {
    const home = createHome();
    home.writeCollection(MANIFEST, FILES);
    const { page, goto, pill } = await openWebApp(context, home, { theme, width });
    const found: Record<string, string[]> = {};
    for (const { name, path, open } of PLACES) {
      await goto(path);
      if (path.startsWith("/c/")) await pill("Saved");
      await page.locator("main h1").first().waitFor({ state: "attached" });
      await page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
      await open?.(page);
      await stillness(page);
      const violations = await violationsOf(page, theme);
      if (violations.length > 0) found[name] = violations;
    }
    expect(found).toEqual({});
  });
}

/** What moves in is seen through for a moment. */
async function stillness(page: Page): Promise<void> {
  await page.evaluate(
    "Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))",
  );
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds, each with the elements that it is about. */
async function violationsOf(page: Page, theme: "light" | "dark"): Promise<string[]> {
  // As a call of the debugger's, which the page's policy is no concern of.
  await page.evaluate(AXE);
  // The dark page is the light one in other colours.
  const options = theme === "dark" ? { runOnly: ["color-contrast"] } : {};
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
