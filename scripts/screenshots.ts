import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "../tests/support/find-chromium.ts";
import { buildBundle } from "./build-bundle.ts";
import { fillHome } from "./fill-home.ts";
import { serveHome, type ServedHome } from "./serve-home.ts";
import { root } from "./workspace.ts";

// `npm run screenshots`: the pictures of the README, of the examples, in docs/screenshots.
// `npm run screenshots -- FOLDER`: one of each page, light and dark, wide and narrow, in that folder.

interface Picture {
  readonly name: string;
  readonly path: string;
  /** What is done on the page before the picture is taken. */
  readonly open?: (page: Page) => Promise<unknown>;
  /** What somebody else has made of the manifest by then. */
  readonly edit?: (manifest: string) => string;
  /** The looks of it that the README shows, such as `light-desktop`. */
  readonly inReadme?: readonly string[];
}

const openFile = (page: Page) => page.locator("button[data-state]").click();

const PICTURES: readonly Picture[] = [
  {
    name: "board",
    path: "/c/default/board",
    inReadme: ["light-desktop", "dark-desktop", "light-390"],
  },
  {
    name: "artifact",
    path: "/c/default/artifacts?artifact=skill%3Acode-review",
    inReadme: ["light-desktop"],
  },
  { name: "artifacts", path: "/c/default/artifacts" },
  { name: "grid", path: "/c/default/artifacts?view=grid" },
  { name: "tags", path: "/c/default/tags", inReadme: ["light-desktop"] },
  { name: "collections", path: "/collections" },
  {
    name: "file",
    path: "/c/default/board",
    open: openFile,
    edit: (manifest) =>
      manifest
        .replace('color = "#6366F1"', 'color = "#0EA5E9"')
        .replace(/(?<=name = "Shipping"[^]*?)members = \[/, '$&"bug-hunt", '),
    inReadme: ["dark-desktop"],
  },
  {
    name: "history",
    path: "/c/default/board",
    open: async (page) => {
      await openFile(page);
      await page.getByRole("tab", { name: "History" }).click();
    },
  },
  {
    name: "palette",
    path: "/c/default/board",
    open: (page) => page.keyboard.press("Control+k"),
  },
  { name: "keys", path: "/c/default/board", open: (page) => page.keyboard.press("?") },
];

const SIZES = {
  desktop: { width: 1280, height: 800 },
  390: { width: 390, height: 844 },
} as const;

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.error(`The pictures cannot be taken: ${NO_CHROMIUM}`);
    process.exitCode = 1;
    return;
  }
  if (!(await buildBundle())) return;
  const target = folder ?? join(root, "docs", "screenshots");
  mkdirSync(target, { recursive: true });
  const home = mkdtempSync(join(tmpdir(), "skillmeat-screenshots-"));
  fillHome(home, join(root, "examples"));
  const server = await serveHome(home);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const manifest = join(home, "collections", "default", "collection.toml");
  try {
    for (const theme of ["light", "dark"] as const) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        const look = `${theme}-${size}`;
        const wanted = PICTURES.filter(
          ({ inReadme = [] }) => folder !== undefined || inReadme.includes(look),
        );
        const session = { browser, server, theme, viewport, look, target, home, manifest };
        await takeAll(wanted, session);
      }
    }
  } finally {
    await browser.close();
    await server.end();
    rmSync(home, { recursive: true, force: true });
  }
}

interface Session {
  readonly browser: Browser;
  readonly server: ServedHome;
  readonly theme: "light" | "dark";
  readonly viewport: { readonly width: number; readonly height: number };
  readonly look: string;
  readonly target: string;
  readonly home: string;
  readonly manifest: string;
}

async function takeAll(
  pictures: readonly Picture[],
  { browser, server, theme, viewport, look, target, home, manifest }: Session,
): Promise<void> {
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await page.goto(`${server.url}/?token=${server.token}`);
  const before = readFileSync(manifest, "utf8");
  for (const { name, path, open, edit } of pictures) {
    await page.goto(server.url + path);
    if (edit !== undefined) {
      writeFileSync(manifest, edit(before));
      await page.locator("button[data-state=changed]").waitFor();
    }
    await page.locator("main h1, main h2").first().waitFor({ state: "attached" });
    if (open !== undefined) {
      await open(page);
      await page.getByRole("dialog").waitFor();
    }
    await settle(page);
    await page.evaluate(`(${nameHome})(${JSON.stringify(home)})`);
    const file = join(target, `${name}-${look}.png`);
    await page.screenshot({ path: file });
    console.log(file);
    if (edit !== undefined) writeFileSync(manifest, before);
  }
  await context.close();
}

/** Names the temporary home as a person's would be. */
const nameHome = `(home) => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    text.data = text.data.replace(home, "/home/ada/.skillmeat");
  }
}`;

/** Waits until nothing waits for data and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
  await page.evaluate(
    "Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))",
  );
}

await main();
