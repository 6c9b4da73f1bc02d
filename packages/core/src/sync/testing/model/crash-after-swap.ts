import { expect } from "vitest";
import { expectFile, noteSwapped, noteWritten, touch } from "./check.ts";
import { applyMutation, type Mutation } from "./mutations.ts";
import type { Model, Slot } from "./state.ts";
import type { World } from "./world.ts";

/** Commits a mutation, and compares whether it is refused. @returns whether it was done */
export async function commit(
  model: Model,
  world: World,
  by: Slot,
  mutation: Mutation,
): Promise<boolean> {
  const applied = applyMutation(model, mutation);
  expect(await world.commit(by, mutation), JSON.stringify(mutation)).toBe(applied);
  if (applied) model.unsaved += 1;
  return applied;
}

/**
 * Lets a process crash between the swap of a mutation's text and its record, while the other one, which
 * had looked at the file before the swap, commits another mutation. The file is then ours all the same:
 * nobody's edit is taken from it, and what the second mutation took back does not return.
 * @returns what it came to
 */
export async function crashAfterSwap(
  model: Model,
  world: World,
  by: Slot,
  first: Mutation,
  second: Mutation,
): Promise<string> {
  const other = by === 0 ? 1 : 0;
  await touch(model, world, other);
  if (!(await commit(model, world, by, first))) return "crash after the swap refused";
  const { isSwapped, isSecondDone } = await world.crashAfterSwap(by, other, second);
  if (!isSwapped) {
    noteWritten(model);
    return "crash with nothing to swap";
  }
  noteSwapped(model);
  expectFile(model, world);
  expect(isSecondDone, JSON.stringify(second)).toBe(applyMutation(model, second));
  if (isSecondDone) model.unsaved += 1;
  return isSecondDone ? "crash after the swap, and a change" : "crash after the swap";
}
