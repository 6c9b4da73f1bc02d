import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type BrowserContext, type Locator, type Page } from "playwright-core";
import { buildBundle } from "../scripts/build-bundle.ts";
import { cliBundle } from "../scripts/workspace.ts";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "../tests/support/find-chromium.ts";
import { startListening } from "./support/child.ts";
import { COLLECTION, makeHome } from "./support/home.ts";
import { fieldOf } from "./support/json.ts";
import { groupName, skillText } from "./support/manifest-text.ts";
import { statsOf } from "./support/sample.ts";
import { SIZES } from "./support/sizes.ts";

// `npm run bench:web`: what the board of size L takes in the machine's Chromium, and how much script it loads.

const LOADS = 7;
const DROPS = 20;
const LOOSE = 100;
const BOARD = `/c/${COLLECTION}/board`;

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.error(`Nothing can be measured: ${NO_CHROMIUM}`);
    process.exitCode = 1;
    return;
  }
  if (!(await buildBundle())) return;
  const home = makeHome(SIZES.L, { artifactsIn: "both" });
  addLoose(join(home.root, "collections", COLLECTION));
  const server = await startListening([cliBundle, "serve", "--port", "0", "--json"], home.root);
  const token = String(
    fieldOf(JSON.parse(readFileSync(join(home.root, "server.json"), "utf8")), "token"),
  );
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const enter = async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.addInitScript(WATCH);
    await context.request.get(`${server.url}/?token=${token}`);
    return context;
  };
  console.log(
    `The board of ${SIZES.L.artifacts + LOOSE} artifacts and ${SIZES.L.groups} groups of ${SIZES.L.members}, in Chromium ${browser.version()}\n`,
  );
  try {
    await measureLoads(enter, server.url + BOARD);
    const context = await enter();
    const page = await context.newPage();
    await page.goto(server.url + BOARD);
    await cardsOf(page, groupName(0)).first().waitFor();
    await measureDrops(page, "from group to group", groupName(0), groupName(1));
    await measureDrops(page, "within a group", groupName(1), groupName(1));
    await measureDrops(page, "from Ungrouped to a group", "Ungrouped", groupName(0));
  } finally {
    await browser.close();
    await server.stop();
    home.remove();
  }
}

/** Artifacts that are in no group. */
function addLoose(folder: string): void {
  for (let number = 0; number < LOOSE; number += 1) {
    const place = join(folder, "skills", `loose-${number}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "SKILL.md"), skillText(number));
  }
}

async function measureLoads(enter: () => Promise<BrowserContext>, address: string): Promise<void> {
  const painted: number[] = [];
  const usable: number[] = [];
  let script = 0;
  for (let load = 0; load <= LOADS; load += 1) {
    const context = await enter();
    const page = await context.newPage();
    const bodies: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") bodies.push(response.body());
    });
    await page.goto(address);
    const cards = cardsOf(page, groupName(0));
    await cards.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(
      `document.activeElement === document.querySelectorAll("[data-key]")[1]`,
    );
    const now = Number(await page.evaluate("performance.now()"));
    script = (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    // The first one is the server's, which reads the groups then.
    if (load > 0) {
      painted.push(Number(await page.evaluate("firstCards")));
      usable.push(now);
    }
    await context.close();
  }
  say("first cards painted", painted, 1_500);
  say("a key answered on the first card", usable, 1_500);
  console.log(
    `${"script that is loaded until then".padEnd(56)}${(script / 1_000).toFixed(0)} kB gzipped; target < 200`,
  );
}

async function measureDrops(page: Page, what: string, from: string, to: string): Promise<void> {
  const times: number[] = [];
  for (let drop = 0; drop <= DROPS; drop += 1) {
    const card = cardsOf(page, from).nth(from === to ? 4 : 0);
    const target = cardsOf(page, to).nth(1);
    const key = await card.getAttribute("data-key");
    const column = await columnOf(page, to).getAttribute("data-column");
    const place = from === to ? 1 : null;
    await page.evaluate(
      `awaitDrop(${JSON.stringify(column)}, ${JSON.stringify(key)}, ${JSON.stringify(place)})`,
    );
    await drag(page, card, target);
    const time = Number(await page.evaluate("dropped"));
    if (drop > 0) times.push(time);
  }
  say(`a drop ${what}, until it is painted`, times, 100);
}

function columnOf(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

function cardsOf(page: Page, column: string): Locator {
  return columnOf(page, column).locator("[data-key]");
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (start === null || end === null) throw new Error("A card is not to be seen");
  await page.mouse.move(start.x + 20, start.y + 12);
  await page.mouse.down();
  await page.mouse.move(start.x + 26, start.y + 18, { steps: 3 });
  await page.mouse.move(end.x + 40, end.y + 8, { steps: 6 });
  await page.mouse.move(end.x + 41, end.y + 8, { steps: 2 });
  await page.mouse.up();
}

/** What each page begins with: it notes, in ms, when the first cards are painted, and how long a drop takes. */
const WATCH = `
  globalThis.firstCards = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector("[data-key]") === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    requestAnimationFrame(look);
  });
  globalThis.awaitDrop = (column, key, place) => {
    const isThere = () => {
      const cards = [...document.querySelectorAll(\`[data-column="\${CSS.escape(column)}"] [data-key]\`)];
      const card = cards.find((each) => each.dataset.key === key);
      return card !== undefined && (place === null || card.getAttribute("aria-posinset") === String(place + 1));
    };
    globalThis.dropped = new Promise((resolve) => {
      addEventListener("drop", (event) => {
        const look = () => {
          if (!isThere()) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp)));
        };
        look();
      }, { capture: true, once: true });
    });
  };
`;

function say(what: string, times: readonly number[], target: number): void {
  const { median, p99, n } = statsOf(what, times);
  console.log(
    `${what.padEnd(56)}median ${median.toFixed(0)} ms, slowest ${p99.toFixed(0)} ms of ${n}; target < ${target}`,
  );
}

await main();
