import { expect, test } from "vitest";
import { whereTimeWent } from "./where.ts";

const node = (id: number, functionName: string, url: string, children: number[] = []) => {
  const callFrame = { functionName, url, scriptId: "", lineNumber: 0, columnNumber: 0 };
  return { id, callFrame, children, hitCount: 0 };
};

test("each sample counts for the part that its innermost frame is of", () => {
  const nodes = [
    node(1, "(root)", "", [2, 3, 4, 8]),
    node(2, "(idle)", ""),
    node(3, "(garbage collector)", ""),
    node(4, "draft", "file:///packages/core/dist/sync/draft.js", [5, 6, 7]),
    node(5, "", ""),
    node(6, "where", "file:///node_modules/kysely/dist/builder.js"),
    node(7, "lstat", ""),
    node(8, "run", "file:///bench/support/floor.ts", [9]),
    node(9, "fsync", ""),
  ];
  const profile = {
    nodes,
    startTime: 0,
    endTime: 0,
    samples: [2, 3, 4, 5, 6, 7, 8, 9, 5],
    timeDeltas: [1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 500],
  };
  const times = whereTimeWent(profile, (frames) =>
    frames.every(({ url }) => !url.endsWith("/floor.ts")),
  );
  expect(Object.fromEntries(times)).toEqual({
    "waiting for the file's fsyncs and large writes": 1,
    "garbage collection": 2,
    "SkillMeat itself": 3,
    "SQLite, its fsync in it": 4.5,
    Kysely: 5,
    "calls of the file system": 6,
  });
});
