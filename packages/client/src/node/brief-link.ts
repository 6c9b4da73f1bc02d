import { TRPCClientError, type Operation, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ServerAddress } from "../call-server.ts";
import { unreachable } from "../reach.ts";
import type { AppRouter } from "../types.ts";
import { exchange } from "./exchange.ts";

/**
 * Sends each query and mutation as tRPC's `httpLink` does, but without `fetch`.
 * @param address of the server at the moment of the call
 */
export function briefLink(address: () => ServerAddress): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const stopping = new AbortController();
        const stop = () => stopping.abort(op.signal?.reason);
        let isDone = false;
        if (op.signal?.aborted === true) stop();
        op.signal?.addEventListener("abort", stop, { once: true });
        ask(address(), op, stopping.signal).then(
          (data) => {
            isDone = true;
            observer.next({ result: { type: "data", data } });
            observer.complete();
          },
          (error: Error) => observer.error(TRPCClientError.from(error)),
        );
        return () => {
          op.signal?.removeEventListener("abort", stop);
          if (!isDone) stop();
        };
      });
}

/**
 * Calls one procedure of a server.
 * @returns what it answers
 * @throws TRPCClientError where that is an error, or there is no answer; what else goes wrong as it is
 */
export async function ask(
  { url, token }: ServerAddress,
  { type, path, input }: Pick<Operation, "type" | "path" | "input">,
  signal: AbortSignal,
): Promise<unknown> {
  const json = input === undefined ? undefined : JSON.stringify(input);
  const isQuery = type === "query";
  const query = isQuery && json !== undefined ? `?input=${encodeURIComponent(json)}` : "";
  const headers = {
    "x-skillmeat": "1",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(isQuery ? {} : { "content-type": "application/json" }),
  };
  const request = { method: isQuery ? "GET" : "POST", headers, body: isQuery ? "" : json, signal };
  const text = await exchange(
    new URL(`${url.replace(/\/+$/, "")}/trpc/${path}${query}`),
    request,
  ).catch((error: Error) => {
    throw signal.aborted ? error : unreachable(url, error);
  });
  return dataIn(JSON.parse(text));
}

/** What a procedure answers. @throws TRPCClientError where that is an error */
function dataIn(answer: unknown): unknown {
  if (typeof answer === "object" && answer !== null) {
    if ("error" in answer) throw TRPCClientError.from(answer);
    if ("result" in answer && typeof answer.result === "object" && answer.result !== null) {
      return "data" in answer.result ? answer.result.data : undefined;
    }
  }
  throw new TypeError("The server's answer has a form that no SkillMeat server gives");
}
