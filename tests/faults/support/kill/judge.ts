import type { WriteOutcome } from "@skillmeat/core";
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect } from "vitest";
import {
  contentsOf,
  copyHome,
  deleteCache,
  editedByHand,
  isBackedUp,
  leaveEdit,
  leftoversIn,
  makeHome,
  manifestOf,
  manifestsOf,
  removeHome,
} from "./home.ts";
import { writeManifest, type Mutation } from "./mutations.ts";
import { inProcess, viewOf } from "./view.ts";

/** What a home shows that was left at some moment. */
interface Outcome {
  /** What lies on disk. */
  readonly contents: string;
  /** What is recovered from that when the cache is deleted at once. */
  readonly recovered: string;
  /** What the next process shows. */
  readonly kept: string;
  /** What it shows after a refresh, how the collections stand then, and what lies on disk. */
  readonly refreshed: string;
  readonly states: string;
  readonly settled: string;
}

/** A mutation on a home that is ready for it, and what it may and must lead to. */
export interface Case {
  readonly mutation: Mutation;
  /** The home before the mutation, with a cache, and without the edit. */
  readonly template: string;
  /** The text that a person leaves between the last reading and the mutation; null where none does. */
  readonly edit: string | null;
  /** Whether what replaces that text must be preceded by a backup. A cache that is made anew takes all of it over. */
  readonly isBackupNeeded: boolean;
  /** What happens to the cache between the last reading and the mutation. */
  readonly damage: (root: string) => void;
  readonly before: Outcome;
  readonly after: Outcome;
  readonly halfway: readonly Outcome[];
  /** What was recovered so far, by what lay on disk. */
  readonly recoveries: Map<string, string>;
}

/** What there is besides the mutation. */
interface Circumstances {
  /** A person edits the manifest before it. */
  readonly isEdited?: boolean;
  /** The cache holds a tag that is not in the manifest, which cannot be read until the person edits it. */
  readonly isUnsaved?: boolean;
  /** What happens to the cache before it. */
  readonly damage?: (root: string) => void;
}

/**
 * Prepares a mutation by doing it without a kill, and without what is to happen to the cache, which changes
 * nothing of what it may lead to. Its home is the caller's to remove.
 */
export async function prepare(
  mutation: Mutation,
  { isUnsaved = false, isEdited = isUnsaved, damage = () => {} }: Circumstances,
): Promise<Case> {
  const template = makeHome();
  const edit = isEdited ? editedByHand(readFileSync(manifestOf(template), "utf8")) : null;
  await inProcess(template, (client) => client.cache.refresh.mutate());
  if (isUnsaved) await leaveUnsaved(template);
  const recoveries = new Map<string, string>();
  const outcomeOf = (...steps: Step[]) =>
    onCopy(template, async (root) => {
      leaveEdit(root, edit);
      for (const step of steps) await step(root);
      return observe(root, recoveries);
    });
  const before = await outcomeOf();
  const after = await outcomeOf((root) =>
    inProcess(root, async (client) => {
      expect(await mutation.run(client, root)).toMatchObject({ saved: true, reason: null });
    }),
  );
  expect(after.kept, `${mutation.name} changes something`).not.toBe(before.kept);
  expect(after.contents, `${mutation.name} is saved`).not.toBe(before.contents);
  expect(after.recovered, `${mutation.name} is recovered`).not.toBe(before.recovered);
  if (edit === null) expect(after.recovered).toBe(after.kept);
  expect(after.settled).toBe(after.contents);
  expect(after.states).not.toMatch(/pending|missing|unreadable/);
  const halfway = [];
  // The server may write what is unsaved before it is told the mutation.
  for (const step of [...(mutation.halfway ?? []), ...(isUnsaved ? [writeManifest] : [])]) {
    halfway.push(await outcomeOf(step), await outcomeOf(read, step));
  }
  return {
    mutation,
    template,
    edit,
    isBackupNeeded: !isUnsaved,
    damage,
    before,
    after,
    halfway,
    recoveries,
  };
}

/** Leaves a manifest that cannot be read, and a cache with a tag that is not in it. */
function leaveUnsaved(root: string): Promise<void> {
  writeFileSync(manifestOf(root), "[broken");
  return inProcess(root, async ({ tags }) => {
    expect(await tags.create.mutate({ name: "Unsaved" })).toMatchObject({ saved: false });
  });
}

type Step = (root: string) => Promise<unknown> | void;

/** A process that looks at a home and changes nothing. */
const read: Step = (root) => inProcess(root, (client) => viewOf(client, root));

/**
 * Fails where a home breaks the promise after a kill.
 * @param reply the mutation's, where one came
 */
export async function judge(
  { edit, isBackupNeeded, before, after, halfway, recoveries }: Case,
  root: string,
  reply: WriteOutcome | null,
): Promise<void> {
  const texts = manifestsOf(root);
  for (const text of texts) expect(() => parse(text), `a torn file: ${text}`).not.toThrow();
  const isKept = edit === null || !isBackupNeeded || texts.includes(edit) || isBackedUp(root, edit);
  expect(isKept, "the text that a person left stands in the file or in a backup").toBe(true);

  const { contents, recovered, ...cache } = await observe(root, recoveries);
  const possible = [before, after, ...halfway];
  const onDisk = possible.filter((one) => one.contents === contents);
  if (reply?.saved === true) expect(contents).toBe(after.contents);
  else expect(onDisk, `a file that no moment of the mutation has: ${contents}`).not.toEqual([]);
  for (const one of onDisk) expect(recovered, "what the file alone gives").toBe(one.recovered);

  // The cache is never older than the file, nor than a reply.
  const inCache = contents === after.contents ? onDisk : possible;
  const expected = reply === null ? inCache : [after];
  expect(expected.map(cacheOf)).toContainEqual(cache);
}

function cacheOf({ kept, refreshed, states, settled }: Outcome) {
  return { kept, refreshed, states, settled };
}

/**
 * Looks at a home as it lies there, and refreshes it.
 * @param recoveries what was recovered from the same contents before: no other file tells of anything
 */
async function observe(root: string, recoveries: Map<string, string>): Promise<Outcome> {
  const contents = contentsOf(root);
  const recovered = recoveries.get(contents) ?? (await onCopy(root, recover));
  recoveries.set(contents, recovered);
  const seen = await inProcess(root, async (client) => {
    const kept = await viewOf(client, root);
    await client.cache.refresh.mutate();
    const { collections } = await client.sync.status.query();
    return {
      kept,
      refreshed: await viewOf(client, root),
      states: collections.map(({ name, state, unsaved }) => `${name} ${state} ${unsaved}`).join(),
    };
  });
  expect(leftoversIn(root), "what a crash left is gone after a refresh").toEqual([]);
  return { contents, recovered, ...seen, settled: contentsOf(root) };
}

/** What is seen of a home whose cache is deleted. */
async function recover(root: string): Promise<string> {
  deleteCache(root);
  return inProcess(root, async (client) => {
    await client.cache.refresh.mutate();
    return viewOf(client, root);
  });
}

async function onCopy<T>(root: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = copyHome(root);
  try {
    return await work(copy);
  } finally {
    removeHome(copy);
  }
}
