import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie } from "hono/cookie";
import type { Context } from "../context.ts";
import { appRouter } from "../router.ts";
import {
  createCallGuard,
  createHostGuard,
  MAX_BODY,
  SUBSCRIPTIONS,
  TOO_LARGE,
  TOO_MANY,
  WRONG_TOKEN,
  type Guard,
  type Refusal,
} from "./guard.ts";
import { createCallerCheck, createTokenCheck, type Keys } from "./token.ts";
import type { WebApp } from "./web-app.ts";
import { welcome } from "./welcome.ts";

/** The most calls that one batch may hold. */
const MAX_BATCH = 100;

/** The most subscriptions that are open at once. */
const MAX_SUBSCRIPTIONS = 100;

/** What the server for Node gives beside the request. */
interface Bindings {
  Bindings: HttpBindings;
}

const CODES = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  503: "SERVICE_UNAVAILABLE",
} as const;

export interface AppOptions {
  readonly context: Context;
  readonly url: string;
  /** The values of the Host header that are this server's. */
  readonly hosts: readonly string[];
  /** Null lets every program of this machine in. */
  readonly keys: Keys | null;
  /** Null where it was not built. */
  readonly webApp: WebApp | null;
  /** Told of each error that is not a person's mistake. */
  readonly onUnexpected: (path: string, error: Error) => void;
}

/**
 * The HTTP application: the procedures at `/trpc` behind the guard, and the web app at every other address, or a
 * page of text at `/` for what is no browser. That address with `?token=` gives a browser its cookie.
 */
export function createApp(options: AppOptions): Hono<Bindings> {
  const { context, url, hosts, keys, webApp, onUnexpected } = options;
  const isToken = keys === null ? null : createTokenCheck(keys.token);
  const isCaller = keys === null ? null : createCallerCheck(keys);
  const app = new Hono<Bindings>();
  app.onError((error, c) => {
    onUnexpected(c.req.path, error);
    return c.text("Something unexpected went wrong", 500);
  });
  app.use(guarded(createHostGuard(hosts)));
  app.get("/", (c) => {
    const given = c.req.query("token");
    if (given === undefined) return page(c.req.raw) ?? c.text(welcome(url));
    if (isToken?.(given) === false) return refuse(WRONG_TOKEN);
    if (keys !== null) {
      const { cookie, browserKey } = keys;
      setCookie(c, cookie, browserKey, { httpOnly: true, sameSite: "Strict", path: "/" });
    }
    // The token leaves the address bar, and with it the history.
    return c.redirect("/");
  });
  const page = (request: Request) => {
    const wantsPage = request.headers.get("accept")?.includes("text/html") === true;
    return webApp?.answer(new URL(request.url).pathname, wantsPage) ?? null;
  };
  app.use(
    "/trpc/*",
    guarded(createCallGuard({ hosts, isCaller })),
    createSubscriptionLimit(),
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
  app.get("*", (c) => page(c.req.raw) ?? c.notFound());
  return app;
}

function guarded(guard: Guard): MiddlewareHandler {
  return async (c, next) => {
    const refusal = guard(c.req.raw);
    if (refusal !== null) return refuse(refusal);
    await next();
    return undefined;
  };
}

/** Refuses subscriptions over the limit. One is open until its connection is done with. */
function createSubscriptionLimit(): MiddlewareHandler<Bindings> {
  let open = 0;
  return async (c, next) => {
    if (SUBSCRIPTIONS.includes(c.req.path)) {
      if (open >= MAX_SUBSCRIPTIONS) return refuse(TOO_MANY);
      open += 1;
      c.env.outgoing.once("close", () => (open -= 1));
    }
    await next();
    return undefined;
  };
}

/** A refusal in tRPC's own form, so that the typed client shows its message and hint. */
function refuse({ status, message, hint }: Refusal): Response {
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
