import type { WriteOutcome } from "@skillmeat/core";
import { expect } from "vitest";
import { fieldOf } from "../../../support/json.ts";
import { isBackedUp } from "../kill/home.ts";
import { threadOf, type ThreadRole } from "../kill/victim.ts";
import {
  filesOf,
  leftoversOf,
  removeUnfinished,
  type Bench,
  type State,
  type Turn,
} from "./bench.ts";
import { inject, isBelow, recordCalls, type Injection, type TracedCall } from "./inject.ts";

/** A moment of a mutation at which a call fails. */
export interface Point extends Injection {
  readonly role: ThreadRole;
  /** Whether a person changed the manifest just before. */
  readonly isEdited: boolean;
}

/** What was tried, and what came of it. */
export interface Figures {
  points: number;
  /** Calls on a home's files that failed. */
  errors: number;
  /** Mutations that were saved all the same, that were not saved yet, and that failed as a whole. */
  saved: number;
  pending: number;
  failed: number;
  /** Those not saved that were saved later, and of these such as the server saved without being told. */
  later: number;
  retried: number;
  /** Points where the call that failed was none on a home's files, so that nothing was to be judged. */
  elsewhere: number;
}

/** No figures yet. */
export function noFigures(): Figures {
  return {
    points: 0,
    errors: 0,
    saved: 0,
    pending: 0,
    failed: 0,
    later: 0,
    retried: 0,
    elsewhere: 0,
  };
}

type Ended =
  | { readonly kind: "saved" }
  | { readonly kind: "pending"; readonly reason: string }
  | { readonly kind: "failed"; readonly error: unknown };

/** A reply that takes longer than this does not come, in ms. */
const PATIENCE = 30_000;

/** Every how many of the mutations that were not saved the server is left to save by itself. */
const LEFT_ALONE = 40;

/** Why a mutation fails whose files cannot be copied or moved, or whose cache cannot be used. */
const REASONS = ["cache-unusable", "refused", "invalid-input", "unsaved-changes", "internal"];

/** The calls without which a temporary file cannot be found and removed. */
const REMOVING =
  /^(?:unlink|unlinkat|rmdir|l?stat|statx|newfstatat|open|openat|getdents|getdents64)$/;

/** The calls on the home's files that a mutation makes, each with its number among those of its kind and thread. */
export async function findPoints(
  { victim, root }: Bench,
  turn: Turn,
): Promise<Pick<Point, "role" | "call" | "nth">[]> {
  const main = await recordCalls(threadOf(victim, "main"));
  const pool = await recordCalls(threadOf(victim, "pool"));
  expect(await turn.run()).toMatchObject({ saved: true });
  const calls = { main: await main.detach(), pool: await pool.detach() };
  const points = [];
  for (const role of ["main", "pool"] as const) {
    const counts = new Map<string, number>();
    for (const call of calls[role]) {
      const nth = (counts.get(call.name) ?? 0) + 1;
      counts.set(call.name, nth);
      if (isBelow(call, root)) points.push({ role, call: call.name, nth });
    }
  }
  return points;
}

/**
 * Does a mutation while a call fails, and judges what that leads to, then and once the cause is gone.
 * @returns whether the bench is as it should be, and not upset by a call that failed elsewhere
 */
export async function tryPoint(
  bench: Bench,
  turn: Turn,
  point: Point,
  figures: Figures,
): Promise<boolean> {
  const edit = point.isEdited ? bench.edit() : null;
  const before = { files: filesOf(bench.root), view: bench.after(!turn.isThere).view };
  const trace = await inject(threadOf(bench.victim, point.role), point);
  const ended = await doTurn(turn);
  const injected = (await trace.detach()).filter((call) => call.isInjected);
  const hits = injected.filter((call) => isBelow(call, bench.root));
  figures.points += 1;
  figures.errors += hits.length;
  if (hits.length < injected.length) {
    figures.elsewhere += 1;
    return false;
  }
  figures[ended.kind] += 1;
  try {
    expect(bench.isAlive(), "the server lives").toBe(true);
    await judgeAtOnce(bench, turn, ended, before, hits);
    if (hits.some(isOnArtifact)) await bench.client.cache.refresh.mutate();
    if (ended.kind === "failed") await redo(bench, turn, before);
    if (ended.kind === "pending") await saveLater(bench, turn, figures);
    if (point.lasts) removeUnfinished(bench.root);
    await expectRemoved(bench);
    expect(await bench.look()).toEqual(bench.after(turn.isThere));
    expect(await isClean(bench), "all is clean").toBe(true);
    const isKept = edit === null || isBackedUp(bench.root, edit);
    expect(isKept, "the text that a person left is in a backup").toBe(true);
    return true;
  } catch (error) {
    throw explained(turn, point, ended, hits, error);
  }
}

async function doTurn(turn: Turn): Promise<Ended> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("No reply came")), PATIENCE);
  });
  try {
    const { saved, reason }: WriteOutcome = await Promise.race([turn.run(), late]);
    return saved ? { kind: "saved" } : { kind: "pending", reason: reason ?? "" };
  } catch (error) {
    return { kind: "failed", error };
  } finally {
    clearTimeout(timer);
  }
}

/** What must hold as soon as the reply is there. */
async function judgeAtOnce(
  bench: Bench,
  turn: Turn,
  ended: Ended,
  before: State,
  hits: readonly TracedCall[],
): Promise<void> {
  const mayStay = hits.some(({ name, line }) => REMOVING.test(name) && line.includes("/."));
  // A server that sees files change may be writing at this moment.
  const left = { message: "no temporary file is left", timeout: PATIENCE };
  if (!mayStay) await expect.poll(() => leftoversOf(bench.root), left).toEqual([]);
  const { movesFiles = false } = bench.pair;
  const files = filesOf(bench.root);
  const { files: after } = bench.after(turn.isThere);
  switch (ended.kind) {
    case "saved":
      expect(files, "the file holds what is acknowledged as saved").toEqual(after);
      expect(hits.filter(isSyncOfManifest), "what is not on the disk is not saved").toEqual([]);
      return;
    case "pending":
      expect(ended.reason, "the reason is told").not.toBe("");
      expect(
        [before.files.manifests, after.manifests],
        "the file is the old one or the new one",
      ).toContain(files.manifests);
      return;
    case "failed": {
      const reason = fieldOf(fieldOf(ended.error, "data"), "reason");
      const isOfCache = hits.some(({ line }) => line.includes("/cache/"));
      expect(isOfCache || movesFiles, "an error of the manifest does not fail it").toBe(true);
      // More than one error is one that lasts, which also stands in the way of a new cache.
      const isAlone = isOfCache && hits.length === 1;
      // A collection is not deleted where its write, which comes first, did not come about.
      const known = isAlone ? ["cache-unusable", "unsaved-changes"] : REASONS;
      expect(known, "the server says what is wrong").toContain(reason);
      expect(files, "nothing is changed in the files").toEqual(before.files);
    }
  }
}

/** What could not be removed goes with a refresh, unless one is met by a write, which a file that changes may cause. */
async function expectRemoved({ client, root }: Bench): Promise<void> {
  const left = async () => {
    if (leftoversOf(root).length > 0) await client.cache.refresh.mutate();
    return leftoversOf(root);
  };
  const message = "what could not be removed is gone";
  await expect.poll(left, { message, timeout: PATIENCE }).toEqual([]);
}

/** What could not be read of an artifact's files is so at a refresh. */
function isOnArtifact({ line }: TracedCall): boolean {
  return /\/collections\/.*\/(?:skills|commands)\b/.test(line);
}

function isSyncOfManifest({ name, line }: TracedCall): boolean {
  return /sync/.test(name) && line.includes("/collections/");
}

/** A mutation that failed changed nothing, and can be done once the cause is gone. */
async function redo(bench: Bench, turn: Turn, before: State): Promise<void> {
  const { view } = await bench.look();
  if (bench.pair.isElsewhere === true && view === bench.after(turn.isThere).view) return;
  expect(view, "nothing is committed").toBe(before.view);
  expect(await turn.run(), "it can be done now").toMatchObject({ saved: true, reason: null });
}

/** What stands in the cache alone gets into the file by the server's own retry, and by any command. */
async function saveLater(bench: Bench, turn: Turn, figures: Figures): Promise<void> {
  const { root, client } = bench;
  const { files, view } = bench.after(turn.isThere);
  expect((await bench.look()).view, "it stands in the cache").toBe(view);
  const number = (figures.later += 1);
  if (number % LEFT_ALONE === 1) {
    await expect.poll(() => filesOf(root), { timeout: PATIENCE }).toEqual(files);
    await expect.poll(() => isClean(bench), { timeout: PATIENCE }).toBe(true);
    figures.retried += 1;
    return;
  }
  const another = () => client.groups.update.mutate({ group: "Alpha", description: "" });
  const commands = [() => client.sync.flush.mutate(), () => client.cache.refresh.mutate(), another];
  await commands[number % commands.length]?.();
  await client.sync.flush.mutate();
}

async function isClean({ client }: Bench): Promise<boolean> {
  const { collections } = await client.sync.status.query();
  return collections.every(({ state, unsaved }) => state === "clean" && unsaved === 0);
}

function explained(
  turn: Turn,
  { role, call, nth, lasts, errno, isEdited }: Point,
  ended: Ended,
  hits: readonly TracedCall[],
  error: unknown,
): Error {
  const which = `${call} ${nth}${lasts ? " and all after it" : ""} of the ${role} thread`;
  const where = `${turn.name}${isEdited ? ", edited" : ""}: ${errno} for ${which}`;
  const reply = ended.kind === "failed" ? String(ended.error) : JSON.stringify(ended);
  const lines = hits.slice(0, 3).map(({ line }) => line);
  const texts = [where, reply, ...lines, String(error), ...differences(error)];
  return new Error(texts.join("\n"), { cause: error });
}

/** The lines that only one side of a comparison has. */
function differences(error: unknown): string[] {
  const linesOf = (name: string) => JSON.stringify(fieldOf(error, name) ?? "").split("\\n");
  const [actual, expected] = [linesOf("actual"), linesOf("expected")];
  return [
    ...expected.filter((line) => !actual.includes(line)).map((line) => `- ${line}`),
    ...actual.filter((line) => !expected.includes(line)).map((line) => `+ ${line}`),
  ];
}
