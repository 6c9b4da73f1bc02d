import type * as Rules from "@skillmeat/core/schema";

/**
 * The rules of what may be typed, as the server has them. They come late, with the library that they are written
 * in: that compiles them where it may, and is told that it may not, since its try would break the page's policy.
 */
export function loadRules(): Promise<typeof Rules> {
  Reflect.set(globalThis, "__zod_globalConfig", { jitless: true });
  return import("@skillmeat/core/schema");
}
