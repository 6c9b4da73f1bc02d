import { inject } from "vitest";

declare module "vitest" {
  /** What Stryker's runner tells its tests. */
  interface ProvidedContext {
    /** `static` where the mutant is in what runs while a module is loaded. */
    readonly mutantActivation?: "static" | "runtime";
  }
}

// The process outlives a run: what a file does while it is loaded must not meet the last run's mutant.
const stryker: unknown = Reflect.get(globalThis, "__stryker__");
if (typeof stryker === "object" && stryker !== null && inject("mutantActivation") !== "static") {
  Reflect.set(stryker, "activeMutant", undefined);
}
