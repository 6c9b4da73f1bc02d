import { existsSync, readFileSync, writeSync } from "node:fs";
import { parse } from "smol-toml";
import { fieldOf } from "../../../support/json.ts";

/** How a reader runs, as the one argument that it takes. */
export interface ReaderOrders {
  readonly file: string;
  /** It reads until this one is there. */
  readonly stopFile: string;
  readonly writers: number;
}

/** A text that was read, once or many times in a row. */
export interface Sight {
  /** When the last of these reads began, by the machine's monotonic clock, in ns. */
  readonly lastBegin: string;
  /** How many mutations of each writer it holds. */
  readonly counts: readonly number[];
}

/** What a reader saw. */
export interface Report {
  readonly reads: number;
  readonly missing: number;
  readonly torn: readonly string[];
  readonly sights: readonly Sight[];
}

/** The group whose description counts a writer's mutations. */
export function counterOf(writer: number): string {
  return `Counter ${writer}`;
}

/** The groups that a writer makes; each one comes before the counter tells of it. */
export function nameOf(writer: number, count: number): string {
  return `Writer ${writer} group ${count}`;
}

/**
 * How many of a writer's mutations a text holds: it makes a group, counts it, makes the next one.
 * @throws Error where it holds some and not those before them
 */
function countOf(groups: ReadonlyMap<string, string>, writer: number): number {
  const own = [...groups.keys()].filter((name) => name.startsWith(nameOf(writer, 0).slice(0, -1)));
  const counted = Number(groups.get(counterOf(writer)));
  if (own.some((name, at) => name !== nameOf(writer, at))) throw new Error("Groups are missing");
  if (own.length !== counted && own.length !== counted + 1) {
    throw new Error(`There are ${own.length} groups, and ${counted} were counted`);
  }
  return own.length + counted;
}

function sightOf(text: string, writers: number): number[] {
  const rows = fieldOf(parse(text), "groups");
  if (!Array.isArray(rows)) throw new Error("There are no groups");
  const groups = new Map(
    rows.map((row: unknown) => [String(fieldOf(row, "name")), String(fieldOf(row, "description"))]),
  );
  return Array.from({ length: writers }, (_, writer) => countOf(groups, writer));
}

function main({ file, stopFile, writers }: ReaderOrders): void {
  const texts: { bytes: Buffer; lastBegin: bigint }[] = [];
  let reads = 0;
  let missing = 0;
  while (reads % 50 > 0 || !existsSync(stopFile)) {
    reads += 1;
    const begin = process.hrtime.bigint();
    try {
      const bytes = readFileSync(file);
      const last = texts.at(-1);
      if (last?.bytes.equals(bytes) === true) last.lastBegin = begin;
      else texts.push({ bytes, lastBegin: begin });
    } catch {
      missing += 1;
    }
  }
  const torn: string[] = [];
  const sights: Sight[] = [];
  for (const { bytes, lastBegin } of texts) {
    const text = bytes.toString();
    try {
      sights.push({ lastBegin: String(lastBegin), counts: sightOf(text, writers) });
    } catch (error) {
      torn.push(`${String(error)}: ${text.slice(-500)}`);
    }
  }
  const report: Report = { reads, missing, torn, sights };
  process.stdout.write(JSON.stringify(report));
}

if (import.meta.main) {
  writeSync(2, "ready\n");
  main(JSON.parse(process.argv[2] ?? ""));
}
