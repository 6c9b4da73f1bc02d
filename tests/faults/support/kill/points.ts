import type { WriteOutcome } from "@skillmeat/core";
import { copyHome, leaveEdit, removeHome } from "./home.ts";
import { judge, type Case } from "./judge.ts";
import { countCalls, killAt, readCalls, type Trace } from "./strace.ts";
import { startVictim, threadOf, type ThreadRole } from "./victim.ts";

/** A moment of a mutation: before the Nth call of one kind in one thread. */
export interface Point {
  readonly role: ThreadRole;
  readonly call: string;
  readonly nth: number;
}

/** What was tried, and what came of it. */
export interface Figures {
  points: number;
  kills: number;
  /** Replies `saved: true` that came before a kill. */
  acknowledgements: number;
}

interface Run {
  readonly reply: WriteOutcome | null;
  readonly isKilled: boolean;
}

/** The points of a mutation, until the server is ended after it, as one run without a kill has them. */
export async function listPoints(of: Case, calls: string, withWakeups: boolean): Promise<Point[]> {
  const root = copyHome(of.template);
  try {
    const outputs: { role: ThreadRole; output: Promise<string> }[] = [];
    const { reply } = await runOnce(of, root, async (threads) => {
      for (const [role, thread] of threads) {
        const { output } = await countCalls(thread, calls);
        outputs.push({ role, output });
      }
    });
    if (reply?.saved !== true) throw new Error(`${of.mutation.name} was not saved`);
    const points: Point[] = [];
    for (const { role, output } of outputs) {
      points.push(...readCalls(await output, withWakeups).map((call) => ({ role, ...call })));
    }
    return points;
  } finally {
    removeHome(root);
  }
}

/**
 * Kills a server at one point of a mutation, and judges what is left.
 * @returns whether it came to the kill: false where the mutation and the server's end were through before
 */
export async function tryPoint(of: Case, point: Point, figures: Figures): Promise<boolean> {
  const root = copyHome(of.template);
  try {
    let trace: Trace | undefined;
    const { reply, isKilled } = await runOnce(of, root, async (threads) => {
      trace = await killAt(threads.get(point.role) ?? 0, point.call, point.nth);
    });
    await trace?.output;
    figures.points += 1;
    if (isKilled) figures.kills += 1;
    if (isKilled && reply?.saved === true) figures.acknowledgements += 1;
    if (!isKilled && reply?.saved !== true) throw new Error("It was neither killed nor saved");
    await judge(of, root, reply);
    return isKilled;
  } catch (error) {
    const { role, call, nth } = point;
    const edit = of.edit === null ? "clean" : "edited";
    const where = `${of.mutation.name}, ${edit}, killed before ${call} ${nth} of the ${role} thread`;
    throw new Error(where, { cause: error });
  } finally {
    removeHome(root);
  }
}

/**
 * Goes on behind the last point that was listed of one call, until the server is not killed any more,
 * since it makes no such call again.
 */
export async function tryBeyond(of: Case, last: Point, figures: Figures): Promise<void> {
  for (let nth = last.nth + 1; ; nth += 1) {
    const beyond: Figures = { points: 0, kills: 0, acknowledgements: 0 };
    if (!(await tryPoint(of, { ...last, nth }, beyond))) return;
    figures.points += beyond.points;
    figures.kills += beyond.kills;
    figures.acknowledgements += beyond.acknowledgements;
  }
}

async function runOnce(
  { mutation, edit, damage }: Case,
  root: string,
  beforeMutation: (threads: ReadonlyMap<ThreadRole, number>) => Promise<void>,
): Promise<Run> {
  const victim = await startVictim(root);
  if (victim === null) throw new Error("The server was killed by another");
  try {
    leaveEdit(root, edit);
    damage(root);
    const roles: readonly ThreadRole[] = ["main", "pool"];
    await beforeMutation(new Map(roles.map((role) => [role, threadOf(victim, role)])));
    // A reply that does not come is that of a server that is no more.
    const reply = await mutation.run(victim.client, root).catch(() => null);
    victim.kill("SIGTERM");
    return { reply, isKilled: (await victim.ended) === "SIGKILL" };
  } finally {
    victim.kill("SIGKILL");
  }
}
