import { connect } from "@skillmeat/client/node";
import type { SkillmeatClient } from "@skillmeat/client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";
import { groupRow, HEAD } from "../support/texts.ts";
import { counterOf, nameOf, type ReaderOrders, type Report } from "./support/processes/reader.ts";

const isLong = process.env["FAULTS_LONG"] === "1";
const MILLISECONDS = isLong ? 10_000 : 2_000;

/** The writers go on, and the reader with them, until so many mutations were acknowledged. */
const ACKS = isLong ? 150 : 20;
/** Less than these, and the harness itself is broken. */
const FEWEST = isLong ? { reads: 10_000, texts: 75 } : { reads: 500, texts: 10 };

const script = fileURLToPath(new URL("support/processes/reader.ts", import.meta.url));

/** Groups that make the file so long that a torn one would show. */
const FILLING = Array.from({ length: 50 }, (_, at) =>
  groupRow(`Filling ${at}`, ...Array.from({ length: 10 }, (_member, place) => `m-${at}-${place}`)),
).join("");

/** That so many mutations of a writer were acknowledged as saved, and when, as a reader's clock has it. */
interface Ack {
  readonly at: bigint;
  readonly writer: number;
  readonly count: number;
}

/** Makes a group, counts it, makes the next one, until it is over. */
async function write(
  { groups }: SkillmeatClient,
  writer: number,
  isOver: () => boolean,
  acks: Ack[],
): Promise<void> {
  for (let count = 1; !isOver(); count += 1) {
    const { saved } =
      count % 2 === 1
        ? await groups.create.mutate({ name: nameOf(writer, (count - 1) / 2) })
        : await groups.update.mutate({ group: counterOf(writer), description: String(count / 2) });
    // Where the other one has the lock for long, it is saved by a later write.
    if (saved) acks.push({ at: process.hrtime.bigint(), writer, count });
  }
}

/** Has a process of its own read the file in a tight loop; resolves once it begins. */
async function startReader(orders: ReaderOrders): Promise<{ readonly report: Promise<string> }> {
  const args = ["--conditions=@skillmeat/source", script, JSON.stringify(orders)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const report = text(child.stdout);
  await once(child.stderr, "data");
  return { report };
}

/** Which acknowledged mutations a text does not hold that was read after that. */
function findStale({ sights }: Report, acks: readonly Ack[]): string[] {
  return sights.flatMap(({ lastBegin, counts }) =>
    counts.flatMap((count, writer) => {
      const before = acks.filter((ack) => ack.writer === writer && ack.at < BigInt(lastBegin));
      const acknowledged = before.at(-1)?.count ?? 0;
      return count >= acknowledged ? [] : [`writer ${writer}: ${count} of ${acknowledged}`];
    }),
  );
}

test(
  "who reads the file while it is written finds it always there, whole, and never older than what was acknowledged",
  { timeout: isLong ? 600_000 : 60_000 },
  async () => {
    const home = createHome();
    const counters = [0, 1].map(
      (writer) => `\n[[groups]]\nname = "${counterOf(writer)}"\ndescription = "0"\n`,
    );
    home.writeCollection(HEAD + FILLING + counters.join(""));
    const server = await serve(home);
    const beside = await connect({ home: home.root, embedded: true });
    onTestFinished(() => beside.close());

    const file = home.path("collections", "default", "collection.toml");
    const stopFile = home.path("stop");
    const reader = await startReader({ file, stopFile, writers: 2 });
    const acks: Ack[] = [];
    const end = performance.now() + MILLISECONDS;
    const isOver = () => performance.now() > end && acks.length >= ACKS;
    await Promise.all(
      [server.client, beside.client].map((client, writer) => write(client, writer, isOver, acks)),
    );
    home.write("stop", "");
    const read: Report = JSON.parse(await reader.report);

    const { reads, missing, torn, sights } = read;
    console.info(
      JSON.stringify({
        reads,
        texts: sights.length,
        acks: acks.length,
        missing,
        torn: torn.length,
      }),
    );
    expect(torn).toEqual([]);
    expect(missing).toBe(0);
    expect(findStale(read, acks)).toEqual([]);
    expect(reads).toBeGreaterThanOrEqual(FEWEST.reads);
    expect(sights.length).toBeGreaterThanOrEqual(FEWEST.texts);
  },
);
