import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** How a saver runs, as the one argument that it takes. */
export interface SaverOrders {
  readonly file: string;
  /** How often it saves at least; it goes on until `stopFile` is there. */
  readonly rounds: number;
  readonly stopFile: string;
  /** As most editors do, by a rename; or into the file itself. */
  readonly how: "rename" | "in place";
}

/** What a saver saw of its own texts. */
export interface SaverReport {
  readonly saves: number;
  /** The rounds whose text stood in the file never again, nor one that came of it, when the file was read. */
  readonly unseen: readonly number[];
  /** How often the file was not there, and how often it was empty, when it was to be read. */
  readonly missing: number;
  readonly empty: number;
}

/** What marks the text of one round. */
export function markOf(round: number): string {
  return `# save ${round}.`;
}

/** Whose text it is, or came of. */
function roundOf(text: string): number {
  return Number(/^# save (\d+)\./.exec(text)?.[1]);
}

/** Changes what the text of the last round said, as a person does in an editor. */
function edit(text: string, round: number): string {
  return text.startsWith("# save ")
    ? text.replace(/^# save .*/, markOf(round))
    : `${markOf(round)}\n${text}`;
}

/** From a new text's making beside the file to the swap it is some milliseconds. */
const SWAP = 4;

/**
 * Waits for a moment to save in: at some rounds until a writer has its new text beside the file and is
 * about to take that one's place, at the others for no time, or a random one.
 */
function awaitMoment(file: string, round: number): void {
  if (round % 3 === 1) spin(Math.random() * 10);
  if (round % 3 !== 2) return;
  const end = performance.now() + 50;
  const isWriting = () => readdirSync(dirname(file)).some((name) => name.includes(".tmp-"));
  while (performance.now() < end && !isWriting());
  spin(Math.random() * SWAP);
}

function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Writes a text over that of a file. @returns whose text it replaced, be it one that the saver never read */
function saveInPlace(file: string, text: string): number {
  const handle = openSync(file, "r+");
  try {
    const replaced = roundOf(readFileSync(handle, "utf8"));
    ftruncateSync(handle);
    writeSync(handle, text, 0);
    return replaced;
  } finally {
    closeSync(handle);
  }
}

function main({ file, rounds, stopFile, how }: SaverOrders): void {
  const unseen = new Set<number>();
  const counts = { missing: 0, empty: 0 };

  function read(): string {
    for (;;) {
      try {
        const text = readFileSync(file, "utf8");
        if (text !== "") return text;
        counts.empty += 1;
      } catch {
        counts.missing += 1;
      }
    }
  }

  let round = 0;
  while (round < rounds || !existsSync(stopFile)) {
    round += 1;
    awaitMoment(file, round);
    const before = read();
    if (round > 1) unseen.add(round - 1);
    // A text whose place was taken for a moment is back in it; then the saver replaces it itself.
    unseen.delete(roundOf(before));
    const text = edit(before, round);
    if (how === "in place") unseen.delete(saveInPlace(file, text));
    else {
      writeFileSync(`${file}.edited`, text);
      renameSync(`${file}.edited`, file);
    }
  }
  const report: SaverReport = { saves: round, unseen: [...unseen], ...counts };
  process.stdout.write(JSON.stringify(report));
}

if (import.meta.main) main(JSON.parse(process.argv[2] ?? ""));
