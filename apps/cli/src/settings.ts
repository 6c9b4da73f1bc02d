import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./failure.ts";

/** What `config.toml` of a home says, as far as the command line asks for it. */
export interface Settings {
  readonly defaultCollection: string | null;
}

/**
 * Reads the settings of a home; a missing file sets nothing.
 * @throws CliError `invalid-input` where the file cannot be read
 */
export async function readSettings(home: string): Promise<Settings> {
  const file = join(home, "config.toml");
  const text = readIfThere(file);
  if (text === null) return { defaultCollection: null };
  const { parse } = await import("smol-toml");
  try {
    const name = parse(text)["default_collection"];
    if (name !== undefined && typeof name !== "string") {
      throw new Error("default_collection must be a text");
    }
    return { defaultCollection: name ?? null };
  } catch (error) {
    throw unreadable(file, error);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): CliError {
  const why = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  return new CliError(
    "invalid-input",
    `The settings cannot be read: ${why}`,
    `Mend ${file}, or name the collection with --collection`,
    { cause: error },
  );
}
