import fc from "fast-check";
import type { GroupDefinition } from "../../schema/group.ts";
import type { TagDefinition } from "../../schema/tag.ts";
import { nameKey } from "../../schema/text.ts";
import { numberedName } from "../numbered-name.ts";
import type { Manifest } from "../read.ts";
import type { DesiredArtifact, DesiredManifest, DesiredRow } from "../desired-manifest.ts";
import { content } from "./toml-values.ts";

/** Something that happens to the rows of a manifest; `at` and `to` count modulo their number. */
export type Mutation =
  | { readonly kind: "set-group"; readonly at: number; readonly fields: Partial<GroupDefinition> }
  | { readonly kind: "members"; readonly at: number; readonly change: ListChange }
  | { readonly kind: "move-group"; readonly at: number; readonly to: number }
  | { readonly kind: "add-group"; readonly at: number; readonly group: GroupDefinition }
  | { readonly kind: "remove-group"; readonly at: number }
  | { readonly kind: "set-tag"; readonly at: number; readonly fields: Partial<TagDefinition> }
  | { readonly kind: "add-tag"; readonly tag: TagDefinition }
  | { readonly kind: "remove-tag"; readonly at: number }
  | { readonly kind: "artifact-tags"; readonly at: number; readonly change: ListChange }
  | { readonly kind: "add-artifact"; readonly artifact: DesiredArtifact }
  | { readonly kind: "remove-artifact"; readonly at: number };

/** What happens to a list: items dropped, one added, the order turned. */
export interface ListChange {
  readonly drop: readonly number[];
  readonly add: string | null;
  readonly at: number;
  readonly reverse: boolean;
}

const at = fc.nat({ max: 9 });
const name = fc.constantFrom("New", "Tools", "日本語", "x # y", "[[groups]]", 'a "b" c');
const colour = fc.constantFrom("", "#123", "#AABBCC");
const icon = fc.constantFrom("", "folder-open");
const ref = fc.constantFrom("pdf", "agent:pdf", "git:review", "# x", 'a "b"', "x".repeat(90));
const refs = fc.array(ref, { maxLength: 4 });
const slug = fc.constantFrom("new", "c", "backend", "u65e5");
const change: fc.Arbitrary<ListChange> = fc.record({
  drop: fc.array(fc.nat({ max: 4 }), { maxLength: 2 }),
  add: fc.option(ref),
  at,
  reverse: fc.boolean(),
});
const group = fc.record({ name, description: content, color: colour, icon, members: refs });
const tag = fc.record({ name, slug, color: colour, description: content });

/** Some of the keys of a record. */
const some = { requiredKeys: [] };
const groupFields = fc.record({ name, description: content, color: colour, icon }, some);
const tagFields = fc.record({ name, slug, color: colour, description: content }, some);
const artifact = fc.record({
  name,
  type: fc.constantFrom("skill", "command"),
  path: fc.constantFrom("skills/new", "commands/a b.md", ""),
  tags: refs,
});

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof<fc.Arbitrary<Mutation>[]>(
    fc.record({ kind: fc.constant("set-group"), at, fields: groupFields }),
    fc.record({ kind: fc.constant("members"), at, change }),
    fc.record({ kind: fc.constant("members"), at, change }),
    fc.record({ kind: fc.constant("move-group"), at, to: at }),
    fc.record({ kind: fc.constant("add-group"), at, group }),
    fc.record({ kind: fc.constant("remove-group"), at }),
    fc.record({ kind: fc.constant("set-tag"), at, fields: tagFields }),
    fc.record({ kind: fc.constant("add-tag"), tag }),
    fc.record({ kind: fc.constant("remove-tag"), at }),
    fc.record({ kind: fc.constant("artifact-tags"), at, change }),
    fc.record({ kind: fc.constant("add-artifact"), artifact }),
    fc.record({ kind: fc.constant("remove-artifact"), at }),
  ),
  { minLength: 1, maxLength: 6 },
);

/** What a manifest holds, as the rows that a write is asked for. */
export function desiredOf(manifest: Manifest): DesiredManifest {
  return {
    displayName: null,
    artifacts: manifest.artifacts.map((from) => {
      const { name: old, type, path, tags } = from.definition;
      return { from, definition: { name: old, type, path: path ?? "", tags } };
    }),
    tags: manifest.tags.map((from) => ({ from, definition: from.definition })),
    groups: manifest.groups.map((from) => ({ from, definition: from.definition })),
  };
}

/** The rows of a manifest after mutations; names of groups and slugs stay unique, as in the cache. */
export function mutate(manifest: Manifest, all: readonly Mutation[]): DesiredManifest {
  const start = desiredOf(manifest);
  const rows = {
    displayName: start.displayName,
    artifacts: [...start.artifacts],
    tags: [...start.tags],
    groups: [...start.groups],
  };
  for (const mutation of all) apply(rows, mutation);
  return rows;
}

interface Rows {
  readonly artifacts: DesiredManifest["artifacts"][number][];
  readonly tags: DesiredManifest["tags"][number][];
  readonly groups: DesiredManifest["groups"][number][];
}

function apply(rows: Rows, mutation: Mutation): void {
  const { artifacts, tags, groups } = rows;
  switch (mutation.kind) {
    case "set-group":
      return replaceAt(groups, mutation.at, (old) =>
        withFreeName({ ...old, ...mutation.fields }, old, groups),
      );
    case "members":
      return replaceAt(groups, mutation.at, (old) => ({
        ...old,
        members: changed(old.members, mutation.change),
      }));
    case "move-group":
      return void groups.splice(mutation.to, 0, ...removeAt(groups, mutation.at));
    case "add-group": {
      const definition = withFreeName(mutation.group, null, groups);
      return void groups.splice(mutation.at, 0, { from: null, definition });
    }
    case "remove-group":
      return void removeAt(groups, mutation.at);
    case "set-tag":
      return replaceAt(tags, mutation.at, (old) => {
        const isTaken = tags.some((row) => row.definition.slug === mutation.fields.slug);
        return { ...old, ...mutation.fields, ...(isTaken ? { slug: old.slug } : {}) };
      });
    case "add-tag":
      if (!tags.some((row) => row.definition.slug === mutation.tag.slug)) {
        tags.push({ from: null, definition: mutation.tag });
      }
      return;
    case "remove-tag":
      return void removeAt(tags, mutation.at);
    case "artifact-tags":
      return replaceAt(artifacts, mutation.at, (old) => ({
        ...old,
        tags: changed(old.tags, mutation.change),
      }));
    case "add-artifact":
      return void artifacts.push({ from: null, definition: mutation.artifact });
    case "remove-artifact":
      return void removeAt(artifacts, mutation.at);
  }
}

function withFreeName(
  wanted: GroupDefinition,
  old: GroupDefinition | null,
  groups: Rows["groups"],
): GroupDefinition {
  const others = groups.filter((row) => row.definition !== old);
  const isTaken = (free: string) =>
    others.some((row) => nameKey(row.definition.name) === nameKey(free));
  return { ...wanted, name: numberedName(wanted.name, isTaken) };
}

function changed(
  items: readonly string[],
  { drop, add, at: place, reverse }: ListChange,
): string[] {
  const kept = items.filter((_, index) => !drop.includes(index));
  if (add !== null) kept.splice(place, 0, add);
  return reverse ? kept.toReversed() : kept;
}

function replaceAt<From, Definition>(
  rows: DesiredRow<From, Definition>[],
  place: number,
  by: (old: Definition) => Definition,
): void {
  const index = place % Math.max(rows.length, 1);
  const row = rows[index];
  if (row !== undefined) rows[index] = { from: row.from, definition: by(row.definition) };
}

function removeAt<T>(rows: T[], place: number): T[] {
  return rows.splice(place % Math.max(rows.length, 1), 1);
}
