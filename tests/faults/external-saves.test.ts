import { connect } from "@skillmeat/client/node";
import type { SkillmeatClient } from "@skillmeat/client";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createHome, type TestHome } from "../support/home.ts";
import { groupRow, HEAD } from "../support/texts.ts";
import type { OnlookerReport } from "./support/saves/onlooker.ts";
import { markOf, type SaverOrders, type SaverReport } from "./support/saves/saver.ts";

const isLong = process.env["FAULTS_LONG"] === "1";
const ROUNDS = isLong ? 3_000 : 150;
/** The saves go on until so many writes among them came about. */
const WRITES = isLong ? 300 : 5;

/** Starts a program of this harness; resolves once it runs. */
async function start(name: string, orders: object) {
  const script = fileURLToPath(new URL(`support/saves/${name}.ts`, import.meta.url));
  const args = ["--conditions=@skillmeat/source", script, JSON.stringify(orders)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const report = text(child.stdout);
  if (name === "onlooker") await once(child.stderr, "data");
  return { report };
}

/** Changes one group as fast as it can; tells when enough of that was saved. */
async function write({ groups }: SkillmeatClient, isOver: () => boolean, onEnough: () => void) {
  const counts = { saved: 0, unsaved: 0 };
  while (!isOver()) {
    const description = String(counts.saved + counts.unsaved);
    const { saved } = await groups.update.mutate({ group: "Ours", description });
    counts[saved ? "saved" : "unsaved"] += 1;
    if (saved && counts.saved === WRITES) onEnough();
  }
  return counts;
}

/** The marks that the backups hold. */
function markedInBackups(home: TestHome): { texts: number; marks: Set<string> } {
  const folder = home.path("backups", "default");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const marks = names.flatMap((name) => {
    const [first = ""] = readFileSync(`${folder}/${name}`, "utf8").split("\n", 1);
    return first.startsWith("# save ") ? [first] : [];
  });
  return { texts: names.length, marks: new Set(marks) };
}

test.for(["rename", "in place"] as const)(
  "every text that another program saves (%s) beside a writer at full speed is in the file or in a backup",
  { timeout: isLong ? 900_000 : 60_000 },
  async (how) => {
    const home = createHome();
    home.write("config.toml", "backups_kept = 100000\n");
    home.writeCollection(HEAD + groupRow("Ours") + groupRow("Other", "a", "b"));
    const { client, close } = await connect({ home: home.root, embedded: true });
    onTestFinished(close);
    const file = home.path("collections", "default", "collection.toml");
    const stopFile = home.path("stop");
    const onlooker = await start("onlooker", { file, stopFile });
    const orders: SaverOrders = { file, rounds: ROUNDS, stopFile: home.path("enough"), how };
    const saver = await start("saver", orders);
    let isOver = false;
    const writing = write(
      client,
      () => isOver,
      () => home.write("enough", ""),
    );
    const saves: SaverReport = JSON.parse(await saver.report);
    isOver = true;
    const writes = await writing;
    home.write("stop", "");
    const looks: OnlookerReport = JSON.parse(await onlooker.report);
    await client.sync.flush.mutate({});
    await client.cache.refresh.mutate({});

    const backups = markedInBackups(home);
    const last = home.manifest().includes(markOf(saves.saves)) ? [] : [saves.saves];
    const unseen = [...saves.unseen, ...last];
    const lost = unseen.filter((round) => !backups.marks.has(markOf(round)));
    console.info(
      JSON.stringify({
        how,
        saves: saves.saves,
        writes,
        unseen: unseen.length,
        backups: backups.texts,
        lost: lost.length,
        reads: looks.reads,
        missing: looks.missing,
      }),
    );
    expect(lost).toEqual([]);
    expect(looks.missing).toBe(0);
    expect(saves.missing).toBe(0);
    const group = await client.groups.get.query({ group: "Ours" });
    expect(group.description).toBe(String(writes.saved + writes.unsaved - 1));
  },
);
