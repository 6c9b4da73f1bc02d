import type { SkillmeatClient } from "@skillmeat/client";
import type { WriteOutcome } from "@skillmeat/core";
import { cpSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { inProcess } from "./view.ts";

/** A kind of mutation, on the home that `makeHome` makes. */
export interface Mutation {
  readonly name: string;
  run(client: SkillmeatClient, root: string): Promise<WriteOutcome>;
  /**
   * What a crash may leave that is neither before nor after it, where it is more than one commit: files
   * that were moved or copied and that no commit tells of. Nothing that was acknowledged is ever there.
   */
  readonly halfway?: readonly ((root: string) => Promise<unknown> | void)[];
}

const group = "Alpha";
const id = "skill:pdf";

/** Every kind of mutation that there is. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: "group create",
    run: ({ groups }) =>
      groups.create.mutate({ name: "New", description: "It is", position: 1, members: ["pdf"] }),
  },
  {
    name: "group update",
    run: ({ groups }) => groups.update.mutate({ group, name: "Alef", color: "#10B981" }),
  },
  { name: "group delete", run: ({ groups }) => groups.delete.mutate({ group }) },
  {
    name: "group copy",
    run: ({ groups }) => groups.copy.mutate({ collection: "other", group: "Gamma", to: "default" }),
  },
  {
    name: "group reorder",
    run: ({ groups }) => groups.reorder.mutate({ groups: ["Beta", "Alpha"] }),
  },
  {
    name: "group add",
    run: ({ groups }) => groups.addMembers.mutate({ group: "Beta", members: ["pdf"], at: 0 }),
  },
  {
    name: "group remove",
    run: ({ groups }) => groups.removeMembers.mutate({ group, members: ["review"] }),
  },
  {
    name: "group order",
    run: ({ groups }) => groups.reorderMembers.mutate({ group, members: ["not-here", "review"] }),
  },
  {
    name: "tag create",
    run: ({ tags }) => tags.create.mutate({ name: "C++", color: "#123456" }),
  },
  {
    name: "tag update",
    run: ({ tags }) => tags.update.mutate({ slug: "docs", newSlug: "papers", name: "Papers" }),
  },
  { name: "tag delete", run: ({ tags }) => tags.delete.mutate({ slug: "docs" }) },
  {
    name: "artifact tag",
    run: ({ artifacts }) => artifacts.setTags.mutate({ id, add: ["backend", "novel"] }),
  },
  {
    name: "artifact untag",
    run: ({ artifacts }) => artifacts.setTags.mutate({ id, remove: ["docs"] }),
  },
  {
    name: "artifact add",
    run: ({ artifacts }, root) =>
      artifacts.add.mutate({ paths: [join(root, "source", "brand-new")] }),
    halfway: [
      (root) =>
        cpSync(
          join(root, "source", "brand-new"),
          join(root, "collections", "default", "skills", "brand-new"),
          { recursive: true },
        ),
    ],
  },
  {
    name: "artifact remove",
    run: ({ artifacts }) => artifacts.remove.mutate({ id }),
    halfway: [
      (root) =>
        moveToTrash(root, join("default", "skills", "pdf"), join("default", "TIME-skill-pdf")),
    ],
  },
  {
    name: "collection create",
    run: ({ collections }) =>
      collections.create.mutate({ name: "another", displayName: "Another one" }),
  },
  {
    name: "collection update",
    run: ({ collections }) => collections.update.mutate({ displayName: "Ours" }),
  },
  {
    name: "collection delete",
    run: ({ collections }) => collections.delete.mutate({ collection: "default" }),
    // What is not in the manifest yet is written first.
    halfway: [
      writeManifest,
      async (root) => {
        await writeManifest(root);
        moveToTrash(root, "default", join("collections", "TIME-default"));
      },
    ],
  },
  {
    name: "collection import",
    run: ({ collections }, root) =>
      collections.import.mutate({ path: join(root, "source", "abroad") }),
    halfway: [
      (root) =>
        cpSync(join(root, "source", "abroad"), join(root, "collections", "abroad"), {
          recursive: true,
        }),
    ],
  },
];

/** A mutation that changes nothing, whose write-through settles what a person changed. */
export function writeManifest(root: string): Promise<unknown> {
  return inProcess(root, ({ collections }) => collections.update.mutate({ displayName: "Mine" }));
}

function moveToTrash(root: string, from: string, to: string): void {
  const target = join(root, "trash", to.replace("TIME", "20260101T000000000Z"));
  mkdirSync(join(target, ".."), { recursive: true });
  renameSync(join(root, "collections", from), target);
}
