import type { Browser, Page } from "playwright-core";
import { afterAll, expect, onTestFinished, type TestContext } from "vitest";
import { launchChromium, openTabOf } from "./chromium.ts";
import type { TestHome } from "./home.ts";
import { startServer, type ServerProcess } from "./serve.ts";

/** One for all tests of a file, of which each has a profile of its own. */
let launched: Promise<Browser> | undefined;

afterAll(async () => {
  const browser = await launched;
  await browser?.close();
});

/** The web app in a real browser, on a server of its own. */
export interface WebApp {
  readonly page: Page;
  readonly server: ServerProcess;
  /** Goes to a page of the app, such as `/c/default/tags`. */
  goto(path: string): Promise<void>;
  /** How the file stands, as the pill says it. */
  pill(text: string): Promise<void>;
  /** Lets the console hold errors that a text or a pattern names: such as the test brings about. */
  allow(error: string | RegExp): void;
}

export interface WebAppOptions {
  /** A page of the app. */
  readonly path?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  /** A command that the server is run by, such as one that changes the user. */
  readonly prefix?: readonly string[];
}

/**
 * Serves a home, and opens the web app in a tab. At the end of the test the console must hold no error.
 * @param context the test's own; the test is skipped where the machine has no Chromium
 */
export async function openWebApp(
  context: Pick<TestContext, "skip">,
  home: TestHome,
  options: WebAppOptions = {},
): Promise<WebApp> {
  const server = await startServer(home, options.prefix);
  return openWebAppOf(context, server, options);
}

/** As {@link openWebApp}, of a server that runs: another tab, perhaps. */
export async function openWebAppOf(
  context: Pick<TestContext, "skip">,
  server: ServerProcess,
  { path = "/", width = 1280, height = 800, theme = "light" }: WebAppOptions = {},
): Promise<WebApp> {
  launched ??= launchChromium(context);
  const page = await openTabOf(await launched);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  const errors: string[] = [];
  const allowed: (string | RegExp)[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  onTestFinished(() => {
    const isAllowed = (error: string) => allowed.some((each) => error.match(each) !== null);
    expect(errors.filter((error) => !isAllowed(error))).toEqual([]);
  });
  await page.goto(`${server.url}/?token=${server.token}`);
  const goto = async (to: string) => void (await page.goto(server.url + to));
  if (path !== "/") await goto(path);
  return {
    page,
    server,
    goto,
    pill: async (text) => page.locator("button[data-state]", { hasText: text }).waitFor(),
    allow: (error) => void allowed.push(error),
  };
}
