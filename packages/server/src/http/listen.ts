import { messageOf, SkillmeatError, systemCode } from "@skillmeat/core";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { answerBadRequests } from "./bad-request.ts";
import { SECURITY_HEADERS } from "./headers.ts";

/** How long running requests may take once the server is to close. */
const CLOSING_MS = 10_000;

/** How long a client may take, in ms; else it gets 408. */
export interface Timeouts {
  /** To send the headers of a request. */
  readonly headers: number;
  /** To send a whole request. */
  readonly request: number;
  /** How often both are looked at. */
  readonly interval: number;
}

const TIMEOUTS: Timeouts = { headers: 10_000, request: 30_000, interval: 5_000 };

/**
 * Listens for HTTP. Every answer has the security headers.
 * @returns the port, which the system chose where 0 was asked for, and what stops accepting, lets what
 *   runs finish, and cuts off what does not within a while
 * @throws SkillmeatError `conflict` where the port is in use, `refused` where it may not be had
 */
export async function listen(
  port: number,
  host: string,
  createListener: (port: number) => RequestListener,
  timeouts: Timeouts = TIMEOUTS,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer({
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    connectionsCheckingInterval: timeouts.interval,
    // A request without Host is refused like one with a wrong Host, by the guard.
    requireHostHeader: false,
  });
  answerBadRequests(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(describe(error, port, host)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const headers = new Map(Object.entries(SECURITY_HEADERS));
  server.on("request", (_, response) => response.setHeaders(headers));
  server.on("request", createListener(actual));
  // Else Node answers these by itself, without the headers.
  server.on("checkExpectation", (...args) => server.emit("request", ...args));
  const unused = trackUnused(server);
  const endStreams = trackStreams(server);
  // A connection that is kept alive would hold up closing once its last request is answered.
  server.on("request", (_, response) => {
    response.once("finish", () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  return { port: actual, close: () => closeServer(server, unused, endStreams) };
}

/** The connections that carried no request yet: browsers keep such in reserve, and Node counts them as busy. */
function trackUnused(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));
  return unused;
}

/**
 * Subscriptions last as long as their client likes.
 * @returns what cuts them off, for a client begins anew where the connection breaks
 */
function trackStreams(server: Server): () => void {
  const open = new Set<ServerResponse>();
  server.on("request", (_, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  return () => {
    for (const response of open) {
      const type = String(response.getHeader("content-type"));
      if (type.startsWith("text/event-stream")) response.destroy();
    }
  };
}

function closeServer(
  server: Server,
  unused: ReadonlySet<Socket>,
  endStreams: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), CLOSING_MS);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
    endStreams();
    for (const socket of unused) socket.destroy();
  });
}

function describe(error: Error, port: number, host: string): SkillmeatError {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new SkillmeatError(
        "conflict",
        `Port ${port} of ${host} is in use by another program`,
        `skillmeat serve --port ${port < 65_535 ? port + 1 : 7420}`,
        { cause: error },
      );
    case "EACCES":
      return new SkillmeatError(
        "refused",
        `This user may not listen on port ${port}`,
        "skillmeat serve --port 7420",
        { cause: error },
      );
    default:
      return new SkillmeatError(
        "invalid-input",
        `Cannot listen on ${host}, port ${port}: ${messageOf(error)}`,
        "skillmeat serve --host 127.0.0.1",
        { cause: error },
      );
  }
}
