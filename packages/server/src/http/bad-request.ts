import { STATUS_CODES, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { SECURITY_HEADERS } from "./headers.ts";

/**
 * Answers requests that never become one: what is no HTTP gets 400, headers that are too large 431,
 * and a client that takes too long 408.
 */
export function answerBadRequests(server: Server): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) => responses.set(socket, response));
  server.on("clientError", (error, socket) => {
    const response = responses.get(socket);
    // A second answer must not be written into one that has begun.
    const answering = response !== undefined && response.headersSent && !response.writableFinished;
    if (socket.writable && !answering) socket.end(answerTo(error), () => socket.destroy());
    else socket.destroy();
  });
}

function answerTo(error: Error): string {
  const status = statusOf(error);
  const headers = Object.entries({ ...SECURITY_HEADERS, connection: "close" });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}content-length: 0\r\n\r\n`;
}

function statusOf(error: Error): number {
  switch ("code" in error ? error.code : undefined) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return 408;
    case "HPE_HEADER_OVERFLOW":
      return 431;
    default:
      return 400;
  }
}
