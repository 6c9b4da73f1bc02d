import { getRequestListener } from "@hono/node-server";
import { SkillmeatError, type Home } from "@skillmeat/core";
import type { RequestListener } from "node:http";
import { createEvents } from "../events/hub.ts";
import { keepBrowserKey } from "../browser-key.ts";
import { createToken, removeServerFile, writeServerFile } from "../server-file.ts";
import { createApp } from "./app.ts";
import { startGivingBack } from "./give-back.ts";
import { isLoopback, ownHosts, urlOf } from "./hosts.ts";
import { listen, type Timeouts } from "./listen.ts";
import { createLog } from "./log.ts";
import { startRetrying } from "./retry.ts";
import { cookieName } from "./token.ts";
import { openWebApp } from "./web-app.ts";

export interface ServerOptions {
  readonly home: Home;
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  /** False lets in every program of this machine; then `host` has to be a loopback address. */
  readonly requireToken?: boolean;
  /** The folder of the built web app; nothing but a page of text is served to browsers without it. */
  readonly webApp?: string | undefined;
  /** How long clients may take; some seconds where not given. */
  readonly timeouts?: Timeouts;
  /** Where the log goes; JSON lines on stderr where none is given. */
  readonly log?: ReturnType<typeof createLog>;
}

export interface RunningServer {
  readonly url: string;
  readonly token: string;
  /** The address that gives a browser its cookie; it holds the token, where one is asked for. */
  readonly openUrl: string;
  /** Finishes what runs, writes what is unsaved, and closes the home. */
  close(): Promise<void>;
}

/**
 * Serves a home over HTTP, and leaves `server.json` in it for clients. Every collection has
 * caught up with its manifest and folders once this resolves; while it runs, what could not be saved is tried again.
 * @throws SkillmeatError `conflict` where the port is in use; `refused` where other machines could
 *   call it without a token
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { home, host, requireToken = true, log = createLog() } = options;
  refuseOpenToOthers(host, requireToken);
  const token = createToken();
  const browserKey = keepBrowserKey(home.paths.browserKey);
  const events = createEvents({ home, log });
  const createListener = (port: number): RequestListener => {
    const hosts = ownHosts(host, port);
    const app = createApp({
      context: { home, events, onMutation: (record) => log.info(record, "mutation") },
      url: urlOf(host, port),
      hosts,
      keys: requireToken ? { token, browserKey, cookie: cookieName(port) } : null,
      webApp: options.webApp === undefined ? null : openWebApp(options.webApp),
      onUnexpected: (path, error) => log.error({ path, err: error }, "unexpected error"),
    });
    const listener = getRequestListener(app.fetch, { hostname: "localhost" });
    return (incoming, outgoing) => {
      // The name stands in for a Host that is none or foreign, of which perhaps no URL can be made;
      // the guard goes by the header as it was sent, and refuses it.
      if (!hosts.includes(incoming.headers.host?.toLowerCase() ?? "")) delete incoming.headers.host;
      void listener(incoming, outgoing);
    };
  };
  const { port, close: closeServer } = await listen(
    options.port,
    host,
    createListener,
    options.timeouts,
  );
  const url = urlOf(host, port);
  writeServerFile(home.paths.serverFile, { url, pid: process.pid, token });
  try {
    await home.sync.catchUp();
  } catch (error) {
    log.error({ err: error }, "the first refresh failed");
  }
  const stopRetrying = startRetrying(home.sync, (error) =>
    log.error({ err: error }, "a retry of unsaved changes failed"),
  );
  const stopGivingBack = startGivingBack();
  events.watch();
  log.info({ url, home: home.root }, "serving");

  let closing: Promise<void> | undefined;
  const close = async () => {
    removeServerFile(home.paths.serverFile, token);
    // What waits for its manifest is tried at once, beside the requests that still run.
    const drained = home.sync.flush().catch(() => {});
    await closeServer();
    await stopRetrying();
    await stopGivingBack();
    await events.close();
    await drained;
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
  const openUrl = requireToken ? `${url}/?token=${token}` : url;
  return { url, token, openUrl, close: () => (closing ??= close()) };
}

/**
 * Refuses to serve other machines without a token.
 * @param host the address to listen on
 * @throws SkillmeatError `refused`
 */
export function refuseOpenToOthers(host: string, requireToken: boolean): void {
  if (requireToken || isLoopback(host)) return;
  throw new SkillmeatError(
    "refused",
    `Without a token, every machine that reaches ${host} could change your collections`,
    "Leave out --no-token, or serve on 127.0.0.1",
  );
}
