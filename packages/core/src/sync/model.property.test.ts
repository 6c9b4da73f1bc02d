import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzz, PATIENCE } from "../testing/fuzz.ts";
import { expectSame } from "./testing/model/check.ts";
import { commandsOf } from "./testing/model/commands.ts";
import { generatedCommands } from "./testing/model/generated-commands.ts";
import { newModel } from "./testing/model/state.ts";
import { look } from "./testing/model/take-in.ts";
import { newWorld } from "./testing/model/world.ts";

const CASES = fuzz(25);
/** From so many runs on there must be so many of each kind of command. */
const LONG_RUNS = 1000;
const FLOOR = 15;

const MARKS = ["# Kept by hand", "mine = 7", 'source = "user/repo/pdf"', "[mcp_servers.local]"];
const START = `# Kept by hand
[collection]
name = "Mine"
version = "1.0.0"
created = "2026-01-01T00:00:00"
updated = "2026-01-01T00:00:00"
mine = 7

[[artifacts]]
name = "pdf"
type = "skill"
source = "user/repo/pdf"
tags = ["alpha"]

[[artifacts]]
name = "review"
type = "skill"
tags = []

[[artifacts]]
name = "review"
type = "command"
tags = []

[[artifacts]]
name = "fs"
type = "mcp"
tags = []

[mcp_servers.local]
command = "npx"

[[tag_definitions]]
name = "Alpha"
slug = "alpha"

[[groups]]
name = "A"
note = "first"
members = ["pdf", "gone"]

[[groups]]
name = "B"
color = "#fff"
members = ["command:review"]
`;

test(
  "cache, file and processes are as a plain model has them, through crashes, edits, and broken caches and files",
  { timeout: 4 * PATIENCE },
  async () => {
    const kinds = new Map<string, number>();
    const commands = commandsOf((kind) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
    await fc.assert(
      fc.asyncProperty(generatedCommands(commands), async (list) => {
        const model = newModel(START, MARKS);
        const world = newWorld(START);
        try {
          look(model);
          await expectSame(model, world, 0);
          await fc.asyncModelRun(() => ({ model, real: world }), list);
        } finally {
          await world.end();
        }
      }),
      // With a fault everywhere there is no end to looking for the least case.
      { ...CASES, interruptAfterTimeLimit: 2 * PATIENCE, markInterruptAsFailure: true },
    );
    if (CASES.numRuns < LONG_RUNS) return;
    const counted = [...kinds].toSorted();
    const total = counted.reduce((sum, [, count]) => sum + count, 0);
    process.stdout.write(
      `model: ${CASES.numRuns} runs, ${total} commands: ${counted.map(([kind, count]) => `${count} ${kind}`).join(", ")}\n`,
    );
    expect(counted.filter(([, count]) => count < FLOOR)).toEqual([]);
  },
);
