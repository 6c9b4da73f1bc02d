import fc from "fast-check";
import { isNoMerge, type By, type commandsOf, type ModelCommand } from "./commands.ts";
import type { Edit } from "./edits.ts";
import { NO_COLOR, type Mutation } from "./mutations.ts";
import type { Slot } from "./state.ts";

type Commands = ReturnType<typeof commandsOf>;

/** Few names, so that commands meet. */
const groupName = fc.constantFrom("A", "a", "B", "C", "日本語", 'Q"uote', "B (2)");
const newGroupName = fc.oneof({ weight: 12, arbitrary: groupName }, fc.constant(" "));
const tagName = fc.constantFrom("Alpha", "Beta", "Gamma", "Code Review");
const newTagName = fc.constantFrom("Two", "Zwei");
const slug = fc.constantFrom("alpha", "beta", "gamma", "code-review");
const newSlug = fc.constantFrom("other", "another");
const tagRef = fc.oneof(slug, newSlug, tagName, newTagName);
const tagWord = fc.oneof(slug, newSlug);
const ref = fc.constantFrom(
  "pdf",
  "PDF.md",
  "skill:review",
  "command:review",
  "fs",
  "gone",
  "GONE",
);
const artifact = fc.constantFrom("pdf", "skill:review", "command:review", "fs", "none");
const description = fc.constantFrom("", "two\nlines", 'tab\t"q" # é😀');
const color = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("", "#fff", "#10B981") },
  fc.constant(NO_COLOR),
);
const icon = fc.constantFrom("", "shield");
const place = fc.nat(4);
const refs = fc.array(ref, { minLength: 1, maxLength: 2 });
const some = { requiredKeys: [] };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(
      fc.record({ name: newGroupName, members: fc.array(ref, { maxLength: 4 }) }),
      fc.record({ description, color, icon, position: place }, some),
    )
    .map(([own, fields]) => ({ kind: "createGroup" as const, ...own, ...fields })),
  fc
    .tuple(
      groupName,
      fc.record({ name: newGroupName, description, color, icon, position: place }, some),
    )
    .map(([group, fields]) => ({ kind: "updateGroup" as const, group, ...fields })),
  groupName.map((group) => ({ kind: "deleteGroup" as const, group })),
  fc
    .array(groupName, { minLength: 1, maxLength: 3 })
    .map((groups) => ({ kind: "reorderGroups" as const, groups })),
  fc
    .tuple(fc.record({ group: groupName, members: refs }), fc.record({ at: place }, some))
    .map(([own, at]) => ({ kind: "addMembers" as const, ...own, ...at })),
  fc
    .record({ group: groupName, members: refs })
    .map((own) => ({ kind: "removeMembers" as const, ...own })),
  fc
    .record({ group: groupName, members: refs })
    .map((own) => ({ kind: "reorderMembers" as const, ...own })),
  fc
    .tuple(tagName, fc.record({ color, description }, some))
    .map(([name, fields]) => ({ kind: "createTag" as const, name, ...fields })),
  fc
    .tuple(tagRef, fc.record({ name: newTagName, newSlug, color, description }, some))
    .map(([of, fields]) => ({ kind: "updateTag" as const, slug: of, ...fields })),
  tagRef.map((of) => ({ kind: "deleteTag" as const, slug: of })),
  fc
    .record({
      id: artifact,
      add: fc.array(tagWord, { maxLength: 2 }),
      remove: fc.array(tagWord, { maxLength: 1 }),
    })
    .map((own) => ({ kind: "setArtifactTags" as const, ...own })),
);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .record({ name: groupName, at: place, members: fc.array(ref, { maxLength: 3 }) })
    .map((own) => ({ kind: "addGroup" as const, ...own })),
  fc
    .record({ name: tagName, color: fc.constantFrom("#fff", "") })
    .map((own) => ({ kind: "addTag" as const, ...own })),
  fc.record({
    kind: fc.constantFrom("changeGroup", "changeTag"),
    at: place,
    color: fc.constantFrom("#000", "#123456"),
  }),
  fc.record({ kind: fc.constantFrom("removeGroup", "removeTag"), at: place }),
  fc.record({ at: place, to: place }).map((own) => ({ kind: "reorderGroups" as const, ...own })),
  fc
    .record({ at: place, tags: fc.uniqueArray(slug, { maxLength: 2 }) })
    .map((own) => ({ kind: "tagArtifact" as const, ...own })),
  fc.nat(99).map((number) => ({ kind: "comment" as const, text: `# by hand, ${number}` })),
  fc.constant({ kind: "undo" as const }),
);
/** The edits that a merge takes as any reading does; others are not tried with a mended manifest. */
const mendingEdit = edit.filter(isNoMerge);

const slot = fc.constantFrom<Slot>(0, 1);
const who: fc.Arbitrary<By> = fc.record({ by: slot, seenBy: slot });

/** Lists of commands, half of them mutations. */
export function generatedCommands(commands: Commands): fc.Arbitrary<Iterable<ModelCommand>> {
  const mutate = fc.tuple(mutation, who).map((args) => commands.mutate(...args));
  const edits = fc.tuple(edit, who).map((args) => commands.edit(...args));
  const crash = fc.tuple(mutation, who).map((args) => commands.crash(...args));
  const crashAfterSwap = fc
    .tuple(mutation, fc.oneof(mutation, fc.constant(null)), who)
    .map(([first, second, by]) => commands.crashAfterSwap(first, second ?? opposite(first), by));
  const others = [
    crash,
    crashAfterSwap,
    crashAfterSwap,
    who.map(commands.restart),
    who.map(commands.refresh),
    who.map(commands.flush),
    who.map(commands.reset),
    who.map(commands.deleteCacheOfNobody),
    who.map(commands.deleteCacheLive),
    fc
      .tuple(fc.constantFrom("cut", "emptied", "overwritten"), fc.boolean(), who)
      .map((args) => commands.breakCache(...args)),
    who.map(commands.break),
    fc.tuple(fc.option(mendingEdit, { freq: 2 }), who).map((args) => commands.mend(...args)),
    fc.tuple(fc.option(mendingEdit, { freq: 1 }), who).map((args) => commands.mend(...args)),
    who.map(commands.moveAway),
    who.map(commands.moveBack),
    who.map(commands.moveBack),
    who.map(commands.deleteManifest),
  ];
  const arbitrary: fc.Arbitrary<ModelCommand>[] = [
    ...Array.from({ length: 14 }, () => mutate),
    ...Array.from({ length: 4 }, () => edits),
    ...others,
  ];
  return fc.commands(arbitrary, { maxCommands: 30, size: "max" });
}

/** A mutation that takes another one back, or goes on with what it made. */
function opposite(first: Mutation): Mutation {
  switch (first.kind) {
    case "createGroup":
      return { kind: "deleteGroup", group: first.name };
    case "updateGroup":
      return { kind: "deleteGroup", group: first.name ?? first.group };
    case "deleteGroup":
      return { kind: "createGroup", name: first.group, members: [] };
    case "addMembers":
      return { ...first, kind: "removeMembers" };
    case "removeMembers":
      return { ...first, kind: "addMembers" };
    case "createTag":
      return { kind: "deleteTag", slug: first.name };
    case "updateTag":
      return { kind: "deleteTag", slug: first.newSlug ?? first.slug };
    case "deleteTag":
      return { kind: "createTag", name: first.slug };
    case "setArtifactTags":
      return { ...first, add: first.remove, remove: first.add };
    case "reorderGroups":
    case "reorderMembers":
      return first;
  }
}
