import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Context } from "../context.ts";
import { appRouter } from "../router.ts";
import { createCallGuard, createHostGuard, MAX_BODY, type Guard, type Refusal } from "./guard.ts";
import { welcome } from "./welcome.ts";

/** The most calls that one batch may hold. */
const MAX_BATCH = 100;

const CODES = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
} as const;

export interface AppOptions {
  readonly context: Context;
  readonly url: string;
  /** The values of the Host header that are this server's. */
  readonly hosts: readonly string[];
  readonly token: string;
  /** Told of each error that is not a person's mistake. */
  readonly onUnexpected: (path: string, error: Error) => void;
}

/** The HTTP application: the procedures at `/trpc` behind the guard, and a page of text at `/`. */
export function createApp({ context, url, hosts, token, onUnexpected }: AppOptions): Hono {
  const app = new Hono();
  app.use(guarded(createHostGuard(hosts)));
  app.get("/", (c) => c.text(welcome(url)));
  app.use(
    "/trpc/*",
    guarded(createCallGuard(hosts, token)),
    bodyLimit({ maxSize: MAX_BODY, onError: () => refuse(TOO_LARGE) }),
    (c) =>
      fetchRequestHandler({
        endpoint: "/trpc",
        req: c.req.raw,
        router: appRouter,
        createContext: () => context,
        maxBatchSize: MAX_BATCH,
        onError({ error, path }) {
          if (error.code === "INTERNAL_SERVER_ERROR") {
            onUnexpected(path ?? "", error.cause ?? error);
          }
        },
      }),
  );
  return app;
}

const TOO_LARGE = {
  status: 413,
  message: `The body is larger than ${MAX_BODY} bytes`,
  hint: "Split it into several calls",
} as const;

function guarded(guard: Guard): MiddlewareHandler {
  return async (c, next) => {
    const refusal = guard(c.req.raw);
    if (refusal !== null) return refuse(refusal);
    await next();
    return undefined;
  };
}

/** A refusal in tRPC's own form, so that the typed client shows its message and hint. */
function refuse({ status, message, hint }: Refusal | typeof TOO_LARGE): Response {
  const code = CODES[status];
  const reason = status === 413 || status === 415 ? "invalid-input" : "refused";
  const data = { code, httpStatus: status, reason, hint };
  // The rest of a refused body is not read, so that the connection cannot be used again.
  const headers = { connection: "close" };
  return Response.json(
    { error: { message, code: TRPC_ERROR_CODES_BY_KEY[code], data } },
    { status, headers },
  );
}
