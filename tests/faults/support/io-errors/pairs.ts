import type { SkillmeatClient } from "@skillmeat/client";
import type { WriteOutcome } from "@skillmeat/core";
import { join } from "node:path";

type Change = (client: SkillmeatClient, root: string) => Promise<WriteOutcome>;

/** A mutation and the one that takes it back, so that one home serves for any number of them. */
export interface Pair {
  readonly name: string;
  readonly there: Change;
  readonly back: Change;
  /** Whether they make or move files of the collection themselves, so that those fail them as a whole. */
  readonly movesFiles?: boolean;
  /**
   * Whether they write the manifest of a collection of their own, not that of `default`. To make one is
   * more than one commit: it may be there, as a whole, though what follows fails.
   */
  readonly isElsewhere?: boolean;
}

/** Mutations of every kind, on the home that `makeHome` of the kills makes. */
export const PAIRS: readonly [Pair, ...Pair[]] = [
  {
    name: "group create, delete",
    there: ({ groups }) => groups.create.mutate({ name: "New", members: ["pdf"] }),
    back: ({ groups }) => groups.delete.mutate({ group: "New" }),
  },
  {
    name: "tag create, delete",
    there: ({ tags }) => tags.create.mutate({ name: "C++", color: "#123456" }),
    back: ({ tags }) => tags.delete.mutate({ slug: "c-u002b-u002b" }),
  },
  {
    name: "artifact add, remove",
    movesFiles: true,
    there: ({ artifacts }, root) =>
      artifacts.add.mutate({ paths: [join(root, "source", "brand-new")] }),
    back: ({ artifacts }) => artifacts.remove.mutate({ id: "skill:brand-new" }),
  },
  {
    name: "collection create, delete",
    movesFiles: true,
    isElsewhere: true,
    there: ({ collections }) =>
      collections.create.mutate({ name: "another", displayName: "Another one" }),
    back: ({ collections }) => collections.delete.mutate({ collection: "another" }),
  },
  {
    name: "artifact tag, untag",
    there: ({ artifacts }) => artifacts.setTags.mutate({ id: "skill:pdf", add: ["backend"] }),
    back: ({ artifacts }) => artifacts.setTags.mutate({ id: "skill:pdf", remove: ["backend"] }),
  },
  {
    name: "group update",
    there: ({ groups }) => groups.update.mutate({ group: "Beta", name: "Bet", icon: "box" }),
    back: ({ groups }) => groups.update.mutate({ group: "Bet", name: "Beta", icon: "" }),
  },
  {
    name: "group reorder",
    there: ({ groups }) => groups.reorder.mutate({ groups: ["Beta", "Alpha"] }),
    back: ({ groups }) => groups.reorder.mutate({ groups: ["Alpha", "Beta"] }),
  },
  {
    name: "group add, remove",
    there: ({ groups }) => groups.addMembers.mutate({ group: "Beta", members: ["pdf"] }),
    back: ({ groups }) => groups.removeMembers.mutate({ group: "Beta", members: ["pdf"] }),
  },
  {
    name: "tag update",
    there: ({ tags }) => tags.update.mutate({ slug: "docs", name: "Papers", color: "#abcdef" }),
    back: ({ tags }) => tags.update.mutate({ slug: "docs", name: "Docs", color: "#3B82F6" }),
  },
  {
    name: "collection update",
    there: ({ collections }) => collections.update.mutate({ displayName: "Ours" }),
    back: ({ collections }) => collections.update.mutate({ displayName: "Mine" }),
  },
];
