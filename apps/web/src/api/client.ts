import { createClient, isSkillmeatError, type AppRouter } from "@skillmeat/client";
import { QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";

/** What a query that failed for want of a connection waits before it is tried again, in ms. */
const PAUSE = 1_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say what has changed; nothing grows old by itself.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // What the server refuses it would refuse again; one that does not answer may be about to.
      retry: (count, error) => isUnreachable(error) && count < 20,
      retryDelay: PAUSE,
      networkMode: "always",
    },
  },
});

function isUnreachable(error: unknown): boolean {
  return !isSkillmeatError(error) || error.data.reason === "unreachable";
}

/** Calls the server that this page came from; the browser's cookie is what lets it in. */
export const client = createClient({ url: location.origin, batch: true });

/** The procedures as options of TanStack Query. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
