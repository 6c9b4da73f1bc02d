import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";

/** The options that every command takes, before or after its name. */
export type GlobalOptions = {
  home?: string;
  collection?: string;
  json?: boolean;
  quiet?: boolean;
  embedded?: boolean;
  server?: string;
};

/** Declares the global options on the program. */
export function declareGlobals(program: Command): void {
  program
    .option("--home <dir>", "the home of your collections (SKILLMEAT_HOME; else ~/.skillmeat)")
    .option(
      "--collection <name>",
      "the collection to work on (SKILLMEAT_COLLECTION; else the configured one, else default)",
    )
    .option("--json", "print one JSON document on stdout")
    .option("--quiet", "print nothing on stderr but errors and warnings of what is not saved")
    .addOption(
      new Option("--embedded", "work on the home directly, whatever server runs").conflicts(
        "server",
      ),
    )
    .option("--server <url>", "talk to the server at this address");
}

/** The home's folder. */
export function homeOf({ home }: GlobalOptions): string {
  return resolve(
    given(home) ?? given(process.env["SKILLMEAT_HOME"]) ?? join(homedir(), ".skillmeat"),
  );
}

/** The collection that was named, by option or environment; undefined where none was. */
export function namedCollection({ collection }: GlobalOptions): string | undefined {
  return collection ?? given(process.env["SKILLMEAT_COLLECTION"]);
}

/** Whether the command line asks for JSON; for errors of the command line itself, which is not parsed then. */
export function asksFor(argv: readonly string[], flag: "--json" | "--quiet"): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes(flag);
}

/** A value that is not empty: an empty variable counts as unset. */
function given(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
