export type { ErrorCode } from "@skillmeat/core";
export { createClient, type ClientOptions, type SkillmeatClient } from "./create-client.ts";
export { isSkillmeatError, type SkillmeatClientError } from "./errors.ts";
export type { AppRouter, RouterInputs, RouterOutputs } from "./types.ts";
