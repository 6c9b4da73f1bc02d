export { createClient, type ClientOptions, type SkillmeatClient } from "./create-client.ts";
export type { AppRouter, RouterInputs, RouterOutputs } from "./types.ts";
