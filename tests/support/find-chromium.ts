import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** How Chromium is started: it asks nobody for anything, and needs no rights and no screen. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Why nothing can be done that needs a browser. */
export const NO_CHROMIUM = "no Chromium; install Debian's package chromium";

/**
 * Finds the Chromium that SKILLMEAT_CHROMIUM names, else the machine's. One that is named is taken as it is, so that
 * a wrong name fails instead of being passed over.
 */
export function findChromium(): string | undefined {
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
