import type { Locator, Page } from "playwright-core";
import { expect, type TestContext } from "vitest";
import type { TestHome } from "./home.ts";
import { openWebApp, type WebApp, type WebAppOptions } from "./web.ts";

/** How long a busy machine may take to show something. */
export const PATIENCE = { timeout: 15_000 };

/** The board in a real browser. */
export interface BoardPage extends WebApp {
  /** A column by its name. */
  column(name: string): Locator;
  /** A card of a column, by its artifact's name. */
  card(column: string, name: string): Locator;
  /** The names of a column's cards that are there, in order. */
  cards(column: string): Promise<string[]>;
  /** The names of the columns, in order. */
  columns(): Promise<string[]>;
  /** Waits until a column holds exactly these, in order. */
  holds(column: string, ...names: string[]): Promise<void>;
  /** Waits until that was said to a screen reader. */
  says(text: string): Promise<void>;
  /** Drags something by the pointer to a part of something else, given in fractions of its size. */
  drag(from: Locator, to: Locator, part?: { x?: number; y?: number }): Promise<void>;
  /** Chooses from the menu of a card. */
  cardMenu(column: string, name: string, item: string): Promise<void>;
  /** Chooses from the menu of a column. */
  columnMenu(column: string, item: string): Promise<void>;
}

/** Serves a home and opens the board of its collection. */
export async function openBoard(
  context: Pick<TestContext, "skip">,
  home: TestHome,
  options: WebAppOptions = {},
): Promise<BoardPage> {
  return boardOf(await openWebApp(context, home, { path: "/c/default/board", ...options }));
}

/** What can be done with a board that is open. */
export function boardOf(app: WebApp): BoardPage {
  const { page } = app;
  const column = (name: string) => page.getByRole("region", { name, exact: true });
  const card = (of: string, name: string) =>
    column(of).locator(`[data-key][aria-label^="${name}, "]`);
  const cards = (of: string) =>
    column(of)
      .locator("[data-key]")
      .evaluateAll((all) =>
        all.map((each) => each.getAttribute("aria-label")?.split(",")[0] ?? ""),
      );
  const menu = async (button: Locator, item: string) => {
    await button.click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  return {
    ...app,
    column,
    card,
    cards,
    columns: () => page.getByRole("region").getByRole("heading", { level: 2 }).allTextContents(),
    holds: (of, ...names) => expect.poll(() => cards(of), PATIENCE).toEqual(names),
    says: (text) => page.getByRole("log").getByText(text).waitFor({ state: "attached" }),
    drag: (from, to, part) => drag(page, from, to, part),
    async cardMenu(of, name, item) {
      await card(of, name).hover();
      await menu(card(of, name).locator("[data-menu]"), item);
    },
    columnMenu: (of, item) => menu(column(of).locator("[data-head] [data-menu]"), item),
  };
}

async function drag(
  page: Page,
  from: Locator,
  to: Locator,
  { x = 0.5, y = 0.5 }: { x?: number; y?: number } = {},
): Promise<void> {
  const start = await boxOf(from);
  const end = await boxOf(to);
  await page.mouse.move(start.x + 20, start.y + 12);
  await page.mouse.down();
  await page.mouse.move(start.x + 26, start.y + 18, { steps: 3 });
  const [left, top] = [end.x + end.width * x, end.y + end.height * y];
  await page.mouse.move(left, top, { steps: 6 });
  // Where it would be dropped is shown before it is.
  await page.mouse.move(left + 1, top, { steps: 2 });
  await page.mouse.up();
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not to be seen");
  return box;
}
