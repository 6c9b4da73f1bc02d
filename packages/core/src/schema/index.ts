export * from "./artifact.ts";
export * from "./collection.ts";
export * from "./group.ts";
export * from "./history.ts";
export * from "./sync.ts";
export * from "./tag.ts";
export * from "./text.ts";
