import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, realpathSync } from "node:fs";
import { delimiter } from "node:path";
import { onTestFinished } from "vitest";
import { cliBundle, cliEnv } from "./cli.ts";
import type { TestHome } from "./home.ts";

export interface TerminalOptions {
  /** What the person is called; `ada` by default. */
  readonly name?: string;
  /** The working folder, below the person's own folder. */
  readonly folder?: string;
  readonly env?: Record<string, string>;
}

/**
 * The terminal of a person whose folder is that of a test, with the bundled `skillmeat` on its path.
 * @returns what runs a command line of a shell, and gives what it prints, on stdout and stderr, with
 * what no two runs share replaced; of `skillmeat serve`, which would not end, what it prints first
 */
export function openTerminal(
  person: TestHome,
  { name = "ada", folder = ".", env = {} }: TerminalOptions = {},
): (command: string) => Promise<string> {
  const root = realpathSync(person.root);
  person.write("bin/skillmeat", `#!/bin/sh\nexec "${process.execPath}" "${cliBundle}" "$@"\n`);
  chmodSync(person.path("bin/skillmeat"), 0o755);
  mkdirSync(person.path(folder), { recursive: true });
  const { SKILLMEAT_HOME: _, ...clean } = cliEnv(person);
  const path = `${person.path("bin")}${delimiter}${clean["PATH"] ?? ""}`;
  const options = {
    cwd: person.path(folder),
    env: { ...clean, HOME: root, PATH: path, ...env },
  };
  return async (command) => {
    const serves = command.startsWith("skillmeat serve");
    const line = serves ? `exec ${command} --port 0 --quiet` : `{ ${command}\n} 2>&1`;
    const child = spawn("sh", ["-c", line], { ...options, stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "close");
    let printed = "";
    for await (const chunk of child.stdout.setEncoding("utf8")) {
      printed += String(chunk);
      if (serves && printed.includes("\nNext ") && printed.endsWith("\n")) child.kill("SIGTERM");
    }
    await ended;
    return normalise(printed.trimEnd(), root, name);
  };
}

/** What every run has anew: the person's folder, ids, times, ports and tokens. */
function normalise(text: string, root: string, name: string): string {
  return text
    .replaceAll(root, `/home/${name}`)
    .replace(
      /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
      "79080f6a-cc27-4fbf-bd39-6294f7851b07",
    )
    .replace(/\b\d{8}T\d{6}(\.?)\d{3}Z(-[0-9a-f]{8}\b)?/g, (_, dot: string, hash?: string) => {
      return `20260131T120000${dot}000Z${hash === undefined ? "" : "-3c9b1f42"}`;
    })
    .replace(/\b2\d{3}-\d\d-\d\d \d\d:\d\d\b/g, "2026-01-31 12:00")
    .replace(/\b2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "2026-01-31T12:00:00.000Z")
    .replace(/^(\+updated = )"2[^"]*"/gm, '$1"2026-01-31T12:00:00"')
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:7420")
    .replace(/token=[\w-]+/g, "token=…");
}
