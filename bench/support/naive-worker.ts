import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { parse, stringify } from "smol-toml";
import { replaceDurably } from "./floor.ts";

/** What a worker is given. */
export interface NaiveFile {
  readonly path: string;
  readonly folder: string;
}

const { path, folder }: NaiveFile = workerData;

parentPort?.on("message", (round: number) => {
  const table = parse(readFileSync(path, "utf8"));
  const { groups } = table;
  if (!Array.isArray(groups)) throw new TypeError("The file has no groups");
  const group = groups[round % groups.length];
  Object.assign(Object(group), { description: `Changed in round ${round}` });
  replaceDurably(path, Buffer.from(stringify(table)), folder);
  parentPort?.postMessage(round);
});
