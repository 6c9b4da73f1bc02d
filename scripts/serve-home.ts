import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cliBundle } from "./workspace.ts";

/** The bundled server in a process of its own. */
export interface ServedHome {
  readonly url: string;
  readonly token: string;
  /** Resolves when it has ended, whatever ended it. */
  readonly ended: Promise<unknown>;
  /** Lets it end as a person does, and waits for that. */
  end(): Promise<void>;
}

/**
 * Serves a home on any free port.
 * @throws Error where the server ends before it listens; it has said why on stderr
 */
export async function serveHome(home: string): Promise<ServedHome> {
  const serving = [cliBundle, "serve", "--quiet", "--home", home, "--port", "0", "--json"];
  const server = spawn(process.execPath, serving, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(server, "close");
  let printed = "";
  for await (const chunk of server.stdout.setEncoding("utf8")) {
    printed += String(chunk);
    if (printed.endsWith("}\n")) break;
  }
  if (printed === "") throw new Error("The server ended before it listened");
  const record: Record<string, unknown> = JSON.parse(
    readFileSync(join(home, "server.json"), "utf8"),
  );
  return {
    url: String(record["url"]),
    token: String(record["token"]),
    ended,
    async end() {
      server.kill();
      await ended;
    },
  };
}
