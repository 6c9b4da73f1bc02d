import { httpSubscriptionLink, retryLink, type TRPCLink } from "@trpc/client";
import { EventSource as FetchingEventSource } from "eventsource";
import type { CallServer } from "./call-server.ts";
import { isSkillmeatError } from "./errors.ts";
import type { AppRouter } from "./types.ts";

/** How long after a failure the next try begins, in ms; each time twice as long. */
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

export interface SubscriptionOptions {
  /** The address of the procedures. */
  readonly url: string;
  readonly fetch: CallServer;
  /** Whether the server asks for a token that no cookie holds. */
  readonly hasToken: boolean;
  /** Whether the server's address stays the same. */
  readonly isFixed: boolean;
}

/**
 * The links of subscriptions over server-sent events. A connection that breaks, or never comes about, is
 * tried again for good, and goes on behind the last event; what a procedure or the guard refuses is an error.
 */
export function subscriptionLinks(options: SubscriptionOptions): TRPCLink<AppRouter>[] {
  const { url, fetch, hasToken, isFixed } = options;
  return [
    retryLink<AppRouter>({
      retry: ({ error }) => !isSkillmeatError(error),
      retryDelayMs: (attempt) => Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE),
    }),
    hasToken || !hasOwnEventSource()
      ? httpSubscriptionLink<AppRouter, typeof FetchingEventSource>({
          url,
          EventSource: FetchingEventSource,
          eventSourceOptions: { fetch: openStream(fetch, isFixed) },
        })
      : httpSubscriptionLink({ url }),
  ];
}

/**
 * Whether this is a browser whose own EventSource is let in: it tells the server that the page is the
 * server's own, which browsers do over HTTP for this machine alone.
 */
function hasOwnEventSource(): boolean {
  return "EventSource" in globalThis && Reflect.get(globalThis, "isSecureContext") === true;
}

type StreamFetch = NonNullable<
  NonNullable<ConstructorParameters<typeof FetchingEventSource>[1]>["fetch"]
>;

/** An EventSource tells nothing of why it was refused; so a refusal becomes an event as tRPC sends errors. */
function openStream(fetch: CallServer, isFixed: boolean): StreamFetch {
  return async (url, { headers, signal }) => {
    const response = await fetch(url, { headers, signal });
    if (response.status === 200) return response;
    const error = errorIn(await response.json().catch(() => null));
    // A server that was started anew has another token, which is read before the next try.
    const isOther = !isFixed && response.status === 401;
    if (error === null || isOther) throw new Error(`The server answered ${response.status}`);
    const text = `event: serialized-error\ndata: ${JSON.stringify(error)}\n\n`;
    return new Response(text, { headers: { "content-type": "text/event-stream" } });
  };
}

/** The error in an answer of tRPC's form; null where there is none. */
function errorIn(answer: unknown): object | null {
  if (typeof answer !== "object" || answer === null || !("error" in answer)) return null;
  const { error } = answer;
  return typeof error === "object" && error !== null && "code" in error ? error : null;
}
