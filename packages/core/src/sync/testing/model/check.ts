import { expect } from "vitest";
import type { CollectionState, CollectionStatus } from "../../../schema/sync.ts";
import { curationOfFile, curationOfModel, fieldsOfTag, readFileRows } from "./file-rows.ts";
import { ARTIFACTS, carriedOnly, IN_FRONTMATTER, type Model, type Slot } from "./state.ts";
import { noteBase } from "./take-in.ts";
import type { World } from "./world.ts";

/** Whether a write can come about. */
export function isWritable({ disk }: Model): boolean {
  return disk === "there" || disk === "deleted";
}

/** A write went through; what it wrote is looked at by {@link expectFile}. */
export function noteWritten(model: Model): void {
  noteSwapped(model);
  model.unsaved = 0;
  model.hasFailed = false;
}

/** The text of a write is in, whether or not it is known that it is. */
export function noteSwapped(model: Model): void {
  model.isWritten = true;
  model.isDrifted = false;
  if (model.disk !== "deleted") return;
  model.disk = "there";
  model.marks = [];
  model.notes = new Map();
}

/**
 * Lets a process come to the collection as each of its calls does first: it opens the home, heals the
 * cache, looks at the manifest, and writes what an earlier one left.
 * @returns what it says of the collection
 */
export async function touch(model: Model, world: World, slot: Slot): Promise<CollectionStatus> {
  const process = model.processes[slot];
  if (!world.isOpen(slot) || process.hasLostCache) process.hasDrained = false;
  process.hasLostCache = false;
  const status = await world.status(slot);
  if (!process.hasDrained) {
    process.hasDrained = true;
    if (model.unsaved > 0 && !isWritable(model)) model.hasFailed = true;
    // After a failure the next try has a time, which may have come or not.
    else if (model.unsaved > 0 && (status.unsaved === 0 || !model.hasFailed)) noteWritten(model);
  }
  expectFile(model, world);
  return status;
}

/** The file is what was last written into it, or else what it was, to the byte. */
export function expectFile(model: Model, world: World): void {
  if (model.disk === "away" || model.disk === "deleted") {
    expect(world.read()).toBeNull();
    return;
  }
  const text = world.read() ?? "";
  if (!model.isWritten) {
    expect(text).toBe(model.disk === "broken" ? brokenText(model.text) : model.text);
    return;
  }
  model.isWritten = false;
  const displaced = model.text;
  const isOurs = model.base?.text === displaced;
  model.text = text;
  const file = readFileRows(text);
  expect(curationOfFile(file)).toEqual(curationOfModel(model));
  for (const mark of model.marks) expect(text).toContain(mark);
  const notes = model.groups.map((group) => model.notes.get(group.id) ?? null);
  expect(file.groups.map((group) => group.note)).toEqual(notes);
  const backups = world.backups();
  if (isOurs || displaced === text || displaced === "") {
    expect(backups.length, "what was written here is not backed up").toBe(model.backups);
  } else {
    expect(backups).toContain(displaced);
  }
  model.backups = backups.length;
  noteBase(model, file);
}

/** A manifest as a merge leaves it that came to a conflict. */
export function brokenText(text: string): string {
  return `<<<<<<< HEAD\n${text}=======\n[[groups]]\nname = "Theirs"\n>>>>>>> theirs\n`;
}

/** Everything that this process shows is as the model has it. */
export async function expectSame(model: Model, world: World, slot: Slot): Promise<void> {
  const status = await touch(model, world, slot);
  expect({ state: status.state, unsaved: status.unsaved }).toEqual({
    state: stateOf(model),
    unsaved: model.unsaved,
  });
  const { groups, tags, artifacts } = await world.list(slot);
  const { groups: wanted } = curationOfModel(model);
  expect(
    groups.map(({ name, description, color, icon, members }) => ({
      name,
      description,
      color,
      icon,
      members: members.map(({ ref, artifactId }) => artifactId ?? ref.toLowerCase()),
    })),
  ).toEqual(wanted);
  expect(groups.map((group) => group.position)).toEqual([...groups.keys()]);
  const shown = tags.filter((tag) => tag.defined);
  expect(shown.map(fieldsOfTag)).toEqual(model.tags.map(fieldsOfTag));
  const isLooseShown = model.disk !== "away";
  const carried = carriedOnly(model).filter((slug) => isLooseShown || slug !== IN_FRONTMATTER);
  expect(
    tags
      .filter((tag) => !tag.defined)
      .map((tag) => tag.slug)
      .toSorted(),
  ).toEqual(carried);
  const uses = ARTIFACTS.map((artifact) => {
    const own = [...(model.uses.get(artifact) ?? [])];
    const more = artifact === "skill:pdf" && isLooseShown ? [IN_FRONTMATTER] : [];
    return [artifact, [...own, ...more].toSorted()];
  });
  expect(artifacts.map(({ id, tags: slugs }) => [id, slugs.toSorted()]).toSorted()).toEqual(
    uses.toSorted(),
  );
}

/** The first that holds of missing, unreadable, pending, drifted, clean. */
function stateOf(model: Model): CollectionState {
  if (model.disk === "away" || model.disk === "deleted") return "missing";
  if (model.disk === "broken") return "unreadable";
  if (model.unsaved > 0) return "pending";
  return differs(model) ? "drifted" : "clean";
}

/** Whether the manifest holds something else than the cache. */
export function differs(model: Model): boolean {
  const file = JSON.stringify(curationOfFile(readFileRows(model.text)));
  return file !== JSON.stringify(curationOfModel(model));
}
