import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A call as it was over the wire. */
export interface SeenCall {
  readonly address: URL;
  readonly request: IncomingMessage;
  /** Its status is known once the caller has its answer. */
  readonly response: ServerResponse;
}

/**
 * Every call that comes to a server of this process from now on, until the end of the test.
 * @param url the server's address
 */
export function watchCalls(url: string): readonly SeenCall[] {
  const seen: SeenCall[] = [];
  const note = (message: unknown) => {
    const call = toCall(message);
    if (call?.address.origin === url && call.address.pathname.startsWith("/trpc/")) seen.push(call);
  };
  const channel = "http.server.request.start";
  subscribe(channel, note);
  onTestFinished(() => void unsubscribe(channel, note));
  return seen;
}

/** What Node tells of a request (https://nodejs.org/api/diagnostics_channel.html#http). */
function toCall(message: unknown): SeenCall | null {
  if (typeof message !== "object" || message === null) return null;
  if (!("request" in message) || !(message.request instanceof IncomingMessage)) return null;
  if (!("response" in message) || !(message.response instanceof ServerResponse)) return null;
  const { request, response } = message;
  return { address: new URL(`http://${request.headers.host}${request.url}`), request, response };
}
