import { expect, test } from "vitest";
import { whereTimeWent } from "./where.ts";

const node = (id: number, functionName: string, url: string, children: number[] = []) => {
  const callFrame = { functionName, url, scriptId: "", lineNumber: 0, columnNumber: 0 };
  return { id, callFrame, children, hitCount: 0 };
};

const NODES = [
  node(1, "(root)", "", [2, 3, 4, 8, 10, 12]),
  node(2, "(idle)", ""),
  node(3, "(garbage collector)", ""),
  node(4, "draft", "file:///packages/core/dist/sync/draft.js", [5, 6, 7]),
  node(5, "", ""),
  node(6, "where", "file:///node_modules/.pnpm/kysely@1/node_modules/kysely/dist/builder.js"),
  node(7, "lstat", ""),
  node(8, "init", "file:///apps/cli/dist/zod.Ab12.js", [9]),
  node(9, "next", "file:///apps/cli/dist/core-schema-text.Cd34.js"),
  node(10, "compile", "node:internal/modules/cjs/loader", [11]),
  node(11, "compileFunction", ""),
  node(12, "anything", "file:///apps/cli/dist/diff.Ef56.js"),
];

const profile = {
  nodes: NODES,
  startTime: 0,
  endTime: 0,
  samples: [2, 3, 4, 5, 6, 7, 8, 9, 5, 10, 11, 12],
  timeDeltas: [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 500, 9_000, 10_000, 11_000],
};

test("each sample counts for what its innermost frame is of", () => {
  expect(Object.fromEntries(whereTimeWent(profile))).toEqual({
    waiting: 1,
    "garbage collection": 2,
    SkillMeat: 11,
    "SQLite, with its fsyncs": 4.5,
    Kysely: 5,
    "calls of the file system": 6,
    zod: 7,
    "loading modules": 19,
    others: 11,
  });
});
