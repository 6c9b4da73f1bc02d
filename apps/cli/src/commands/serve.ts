import { findServer } from "@skillmeat/client/node";
import { InvalidArgumentError, type Command } from "commander";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CliError } from "../failure.ts";
import { homeOf, type GlobalOptions } from "../globals.ts";
import { INTERRUPTED, waitForSignal } from "../interrupt.ts";
import { loadWhole } from "../load-whole.ts";
import { outputOf } from "../session.ts";
import { withExample } from "./options.ts";

const DEFAULT_PORT = 7420;

type ServeOptions = GlobalOptions & { port: number; host: string; token: boolean };

export function declareServe(program: Command): void {
  withExample(program.command("serve"), "serve --port 7421")
    .description("serve the home to programs on this machine until Ctrl-C")
    .option("--port <n>", "the port; 0 for any that is free", portNumber, DEFAULT_PORT)
    .option("--host <address>", "the address to listen on", "127.0.0.1")
    .option("--no-token", "let in every program of this machine; not with another --host")
    .action(async function serve(this: Command) {
      const options = this.optsWithGlobals<ServeOptions>();
      const root = homeOf(options);
      await refuseSecond(root);
      const signal = waitForSignal();
      const [{ openHome }, { createLog, refuseOpenToOthers, startServer }] = await Promise.all([
        import("@skillmeat/core"),
        import("@skillmeat/server"),
      ]);
      const { port, host, token: requireToken } = options;
      // Before the home is opened, which would make it.
      refuseOpenToOthers(host, requireToken);
      const log = createLog(options.quiet === true ? "warn" : "info");
      const home = await openHome({ root, onNotice: (text) => log.warn(text) });
      const webApp = findWebApp();
      const server = await startServer({ home, port, host, requireToken, log, webApp }).catch(
        async (error: unknown) => {
          await home.close();
          throw error;
        },
      );
      const out = outputOf(options);
      out.answer({ url: server.url, home: root, pid: process.pid }, ({ url }) =>
        out.fields([
          ["Serving", url],
          ["Open", server.openUrl],
          ["Home", root],
          ["Next", "skillmeat group list"],
        ]),
      );
      // The first calls need not wait for it.
      setTimeout(() => void loadWhole(), 1_000).unref();
      const received = await signal;
      await server.close();
      if (received === "SIGINT") process.exitCode = INTERRUPTED;
    });
}

/** The web app lies beside the bundle, where it was built. */
function findWebApp(): string | undefined {
  const folder = fileURLToPath(new URL("web", import.meta.url));
  return existsSync(join(folder, "index.html")) ? folder : undefined;
}

async function refuseSecond(root: string): Promise<void> {
  const running = await findServer(root);
  if (running === null) return;
  throw new CliError(
    "conflict",
    `This home is served already, at ${running.url} by process ${running.pid}`,
    "skillmeat status",
  );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  }
  return port;
}
