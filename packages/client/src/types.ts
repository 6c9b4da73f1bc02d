import type { AppRouter } from "@skillmeat/server";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

export type { AppRouter };

/** What each procedure takes, as `RouterInputs["groups"]["create"]`. */
export type RouterInputs = inferRouterInputs<AppRouter>;

/** What each procedure answers, as `RouterOutputs["groups"]["create"]`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
