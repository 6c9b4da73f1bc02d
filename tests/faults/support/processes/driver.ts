import { connect } from "@skillmeat/client/node";
import { writeSync } from "node:fs";
import { createRandom } from "../random.ts";
import { createLane } from "./lane.ts";
import { performOver, runLane, type Done } from "./run-lane.ts";
import { seenOver } from "./seen.ts";

/** A line of the driver: a mutation that was done, or what the home told it. */
export type Line = Done | { readonly notice: string };

/** How a driver runs, as the one argument that it takes. */
export interface Orders {
  readonly home: string;
  readonly inbox: string;
  readonly lane: number;
  readonly seed: number;
  /** So many mutations, or until its stdin is closed. */
  readonly count: number;
  readonly retries: number;
}

function tell(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}

async function main(orders: Orders): Promise<void> {
  let left = orders.count;
  process.stdin.on("end", () => (left = 0)).resume();
  const { client, close } = await connect({
    home: orders.home,
    embedded: true,
    onNotice: (notice) => tell({ notice }),
  });
  const isOver = () => {
    left -= 1;
    return left < 0;
  };
  const lane = createLane(orders.lane, orders.inbox);
  const random = createRandom(orders.seed);
  const work = { perform: performOver(client), look: () => seenOver(client), isOver, onDone: tell };
  await runLane(lane, random, { ...work, retries: orders.retries });
  await close();
  process.stdin.destroy();
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? ""));
