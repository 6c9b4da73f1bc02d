import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens a tab of a real browser that starts with a new profile, and is closed when the running test
 * is finished. It is the one that SKILLMEAT_CHROMIUM names, else the machine's Chromium. Open it
 * after the servers that it visits, so that it is closed before them.
 * @param skip the test's own; called where the machine has none
 */
export async function openTab({ skip }: Pick<TestContext, "skip">): Promise<Page> {
  const executablePath = findChromium();
  if (executablePath === undefined) return skip("no Chromium; install Debian's package chromium");
  // The test's own time limit is the only one.
  const browser = await chromium.launch({ executablePath, args: FLAGS, timeout: 0 });
  onTestFinished(() => browser.close());
  const tab = await browser.newPage();
  tab.setDefaultTimeout(0);
  return tab;
}

/** One that is named is taken as it is, so that a wrong name fails instead of being passed over. */
function findChromium(): string | undefined {
  const { SKILLMEAT_CHROMIUM: named, PATH: path = "" } = process.env;
  if (named !== undefined && named !== "") return named;
  const folders = ["/usr/bin", ...path.split(delimiter).filter((folder) => folder !== "")];
  return folders.map((folder) => join(folder, "chromium")).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
