import { getRequestListener } from "@hono/node-server";
import type { Home } from "@skillmeat/core";
import { createToken, removeServerFile, writeServerFile } from "../server-file.ts";
import { createApp } from "./app.ts";
import { bracketed, ownHosts } from "./guard.ts";
import { closeServer, listen } from "./listen.ts";
import { createLog } from "./log.ts";
import { startRetrying } from "./retry.ts";

export interface ServerOptions {
  readonly home: Home;
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  /** Where the log goes; JSON lines on stderr where none is given. */
  readonly log?: ReturnType<typeof createLog>;
}

export interface RunningServer {
  readonly url: string;
  readonly token: string;
  /** Finishes what runs, writes what is unsaved, and closes the home. */
  close(): Promise<void>;
}

/**
 * Serves a home over HTTP, and leaves `server.json` in it for clients. Every collection has been
 * refreshed once this resolves; while it runs, what could not be saved is tried again.
 * @throws SkillmeatError `conflict` where the port is in use
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { home, host, log = createLog() } = options;
  const token = createToken();
  const urlOf = (port: number) => `http://${bracketed(host)}:${port}`;
  const { server, port } = await listen(options.port, host, (actual) => {
    const app = createApp({
      context: { home, onMutation: (record) => log.info(record, "mutation") },
      url: urlOf(actual),
      hosts: ownHosts(host, actual),
      token,
      onUnexpected: (path, error) => log.error({ path, err: error }, "unexpected error"),
    });
    const listener = getRequestListener(app.fetch);
    return (incoming, outgoing) => void listener(incoming, outgoing);
  });
  const url = urlOf(port);
  writeServerFile(home.paths.serverFile, { url, pid: process.pid, token });
  try {
    await home.sync.refresh();
  } catch (error) {
    log.error({ err: error }, "the first refresh failed");
  }
  const stopRetrying = startRetrying(home.sync, (error) =>
    log.error({ err: error }, "a retry of unsaved changes failed"),
  );
  log.info({ url, home: home.root }, "serving");

  let closing: Promise<void> | undefined;
  const close = async () => {
    removeServerFile(home.paths.serverFile, token);
    await closeServer(server);
    await stopRetrying();
    try {
      const { collections } = await home.sync.flush();
      const waiting = collections.filter(({ saved }) => !saved);
      if (waiting.length > 0) log.warn({ collections: waiting }, "closing with unsaved changes");
    } catch (error) {
      log.error({ err: error }, "the last flush failed");
    } finally {
      await home.close();
    }
  };
  return { url, token, close: () => (closing ??= close()) };
}
