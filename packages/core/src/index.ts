export { SkillmeatError, type ErrorCode } from "./errors.ts";
export { homePaths, type HomePaths } from "./paths.ts";
export * from "./schema/index.ts";
