import { chromium, type Browser, type Page } from "playwright-core";
import { onTestFinished, type TestContext } from "vitest";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "./find-chromium.ts";

/**
 * Opens a tab of a real browser that starts with a new profile, and is closed when the running test
 * is finished. Open it after the servers that it visits, so that it is closed before them.
 * @param skip the test's own; called where the machine has none
 */
export async function openTab(context: Pick<TestContext, "skip">): Promise<Page> {
  const browser = await launchChromium(context);
  onTestFinished(() => browser.close());
  return openTabOf(browser);
}

/** Starts the browser; whoever does that closes it. */
export function launchChromium({ skip }: Pick<TestContext, "skip">): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) return skip(NO_CHROMIUM);
  // The test's own time limit is the only one.
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS, timeout: 0 });
}

/** A tab in a profile of its own, which goes when the running test is finished. */
export async function openTabOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const tab = await context.newPage();
  // Short of the test's own limit, so that what is waited for in vain is named.
  tab.setDefaultTimeout(50_000);
  return tab;
}
