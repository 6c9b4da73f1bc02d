import type { SkillmeatClient } from "@skillmeat/client";
import { isSkillmeatError } from "@skillmeat/client";
import type { Random } from "../random.ts";
import type { Lane } from "./lane.ts";
import { findLost, type Seen } from "./seen.ts";
import { send, type Mutation, type Perform, type Reply } from "./mutations.ts";

/** A mutation that was done, or failed for good; `errors` are those that trying again cured. */
export interface Done {
  readonly mutation: Mutation;
  readonly reply: Reply;
  readonly errors: readonly string[];
}

/** What a retry says where the try before was done after all, and its reply was lost. */
const DONE_BEFORE = ["conflict", "not-found"];

/** How a lane works on its collection. */
export interface Work {
  readonly perform: Perform;
  /** Asks for the collection as it is; every few mutations that has to hold what was acknowledged. */
  readonly look: (() => Promise<Seen>) | null;
  /** How often what fails is tried again. */
  readonly retries: number;
  /** Asked before each mutation. */
  readonly isOver: () => boolean;
  /** Told of each mutation before the next one is chosen. */
  readonly onDone: (done: Done) => void;
}

/** So many mutations lie between two looks. */
const BETWEEN_LOOKS = 5;

/**
 * Mutates until it is told that it is over, or something fails for good. What was done is noted in the
 * lane before the next mutation is chosen.
 */
export async function runLane(lane: Lane, random: Random, work: Work): Promise<void> {
  for (let count = 1; !work.isOver(); count += 1) {
    const mutation = lane.choose(random);
    const { reply, errors } = await performOrRetry(mutation, work);
    if (!("code" in reply)) lane.apply(mutation);
    work.onDone({ mutation, reply, errors });
    if ("code" in reply) return;
    if (count % BETWEEN_LOOKS > 0 || work.look === null) continue;
    const lost = findLost(await lookOrRetry(work.look, work.retries), [lane], false);
    if (lost.length === 0) continue;
    work.onDone({ mutation, reply: { code: "lost", message: lost.join("; ") }, errors: [] });
    return;
  }
}

async function performOrRetry(
  mutation: Mutation,
  { perform, retries }: Work,
): Promise<Pick<Done, "reply" | "errors">> {
  const errors: string[] = [];
  let reply = await perform(mutation);
  for (let tries = 1; "code" in reply && tries <= retries; tries += 1) {
    errors.push(`${mutation.kind}: ${reply.code}: ${reply.message}`);
    reply = await perform(mutation);
    if ("code" in reply && DONE_BEFORE.includes(reply.code)) {
      reply = { saved: false, reason: "it was done before" };
    }
  }
  return { reply, errors };
}

async function lookOrRetry(look: () => Promise<Seen>, retries: number): Promise<Seen> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await look();
    } catch (error) {
      if (tries > retries) throw error;
    }
  }
}

/** Mutates over a client. */
export function performOver(client: SkillmeatClient): Perform {
  return async (mutation) => {
    try {
      const { saved, reason } = await send(client, mutation);
      return { saved, reason };
    } catch (error) {
      if (isSkillmeatError(error)) return { code: error.data.reason, message: error.message };
      return { code: "thrown", message: error instanceof Error ? `${error.stack}` : String(error) };
    }
  };
}
