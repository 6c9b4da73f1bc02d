import type fc from "fast-check";
import { expect } from "vitest";
import { nameKey } from "../../../schema/text.ts";
import { brokenText, differs, expectSame, isWritable, noteWritten, touch } from "./check.ts";
import { commit, crashAfterSwap } from "./crash-after-swap.ts";
import { editText, isDrifting, type Edit } from "./edits.ts";
import { readFileRows } from "./file-rows.ts";
import type { Mutation } from "./mutations.ts";
import { newId, type Model, type Slot } from "./state.ts";
import { look, noteBase, recover } from "./take-in.ts";
import type { World } from "./world.ts";

export type ModelCommand = fc.AsyncCommand<Model, World>;

/** Told of each command that ran, by its kind. */
export type OnRun = (kind: string) => void;

/** Who does it, and who looks afterwards. */
export interface By {
  readonly by: Slot;
  readonly seenBy: Slot;
}

const ALWAYS = () => true;

/**
 * Makes the commands that a run is a list of. After each everything is compared.
 * @param onRun is told the kind of each that ran
 */
export function commandsOf(onRun: OnRun) {
  function command(
    kind: string,
    told: object,
    { by, seenBy }: By,
    check: (model: Readonly<Model>) => boolean,
    act: (model: Model, world: World) => Promise<string | void>,
  ): ModelCommand {
    return {
      check,
      async run(model, world) {
        await touch(model, world, by);
        onRun((await act(model, world)) ?? kind);
        await expectSame(model, world, seenBy);
      },
      toString: () => `${kind}(${JSON.stringify({ by, seenBy, ...told })})`,
    };
  }

  /** A slug must not change while a broken manifest may make the base be lost. */
  const mayRun = (mutation: Mutation) => (model: Readonly<Model>) =>
    model.disk !== "broken" || !("newSlug" in mutation);

  return {
    mutate: (mutation: Mutation, who: By) =>
      command("mutate", mutation, who, mayRun(mutation), async (model, world) => {
        if (!(await commit(model, world, who.by, mutation))) return `${mutation.kind} refused`;
        const { saved } = await world.sync(who.by);
        expect(saved).toBe(isWritable(model));
        if (saved) noteWritten(model);
        else model.hasFailed = true;
        return mutation.kind;
      }),
    crash: (mutation: Mutation, who: By) =>
      command("crash", mutation, who, mayRun(mutation), async (model, world) => {
        const applied = await commit(model, world, who.by, mutation);
        world.abandon(who.by);
        return applied ? "crash after the commit" : "crash";
      }),
    crashAfterSwap: (first: Mutation, second: Mutation, who: By) =>
      command("crash after the swap", { first, second }, who, isWritable, (model, world) =>
        crashAfterSwap(model, world, who.by, first, second),
      ),
    restart: (who: By) => command("restart", {}, who, ALWAYS, (_, world) => world.close(who.by)),
    refresh: (who: By) =>
      command("refresh", {}, who, ALWAYS, async (model, world) => {
        await (await world.home(who.by)).sync.refresh();
        noteTried(model);
      }),
    flush: (who: By) =>
      command("flush", {}, who, ALWAYS, async (model, world) => {
        const { collections } = await (await world.home(who.by)).sync.flush();
        expect(collections).toMatchObject([{ saved: model.unsaved === 0 || isWritable(model) }]);
        noteTried(model);
      }),
    reset: (who: By) =>
      command("reset", {}, who, isDiscovered, async (model, world) => {
        const reset = (await world.home(who.by)).sync.reset({ force: false });
        if (model.unsaved > 0) {
          await expect(reset).rejects.toMatchObject({ code: "unsaved-changes" });
          return "reset refused";
        }
        await reset;
        recover(model);
        return "reset";
      }),
    deleteCacheOfNobody: (who: By) =>
      command("delete the cache while none runs", {}, who, isDiscovered, async (model, world) => {
        await closeAll(model, world);
        world.deleteCache();
        recover(model);
      }),
    deleteCacheLive: (who: By) =>
      command("delete the cache live", {}, who, isReplayable, async (model, world) => {
        world.deleteCache();
        await heal(model, world, who.by);
      }),
    breakCache: (how: "cut" | "emptied" | "overwritten", isLive: boolean, who: By) =>
      command(`break the cache`, { how, isLive }, who, isRecoverable, async (model, world) => {
        // A page that a process has read already is not read again, so that it would go on with it.
        if (!isLive || how === "overwritten") await closeAll(model, world);
        world.breakCache(how);
        await heal(model, world, who.by);
      }),
    edit: (edit: Edit, who: By) =>
      command(
        "edit",
        edit,
        who,
        ({ disk }) => disk === "there",
        async (model, world) => {
          const text = editText(model, edit);
          if (text === model.text) return "edit of nothing";
          applyEdit(model, world, edit, text);
          return `edit: ${edit.kind}`;
        },
      ),
    break: (who: By) =>
      command("manifest broken", {}, who, isUndisputed, async (model, world) => {
        model.disk = "broken";
        world.save(brokenText(model.text));
      }),
    mend: (edit: Edit | null, who: By) =>
      command(
        "manifest mended",
        { edit },
        who,
        ({ disk }) => disk === "broken" && (edit === null || isNoMerge(edit)),
        async (model, world) => {
          model.disk = "there";
          if (edit === null) save(model, world, model.text);
          else applyEdit(model, world, edit, editText(model, edit));
          look(model);
          return edit === null ? undefined : "manifest mended and edited";
        },
      ),
    moveAway: (who: By) =>
      command("folder away", {}, who, isUndisputed, async (model, world) => {
        model.disk = "away";
        world.moveFolder("away");
      }),
    moveBack: (who: By) =>
      command(
        "folder back",
        {},
        who,
        ({ disk }) => disk === "away",
        async (model, world) => {
          model.disk = "there";
          world.moveFolder("back");
          look(model);
        },
      ),
    deleteManifest: (who: By) =>
      command(
        "manifest deleted",
        {},
        who,
        ({ disk }) => disk === "there",
        async (model, world) => {
          model.disk = "deleted";
          model.text = "";
          world.deleteManifest();
        },
      ),
  };
}

/** Here is nothing to merge, as the first reading after one that failed does. */
function isUndisputed({ disk, isDrifted }: Readonly<Model>): boolean {
  return disk === "there" && !isDrifted;
}

/** Whether an edit is taken alike by a merge and by any other reading. */
export function isNoMerge({ kind }: Edit): boolean {
  return kind === "comment" || kind === "tagArtifact";
}

function applyEdit(model: Model, world: World, edit: Edit, text: string): void {
  if (isDrifting(model, edit)) model.isDrifted = true;
  save(model, world, text);
  const marks = edit.kind === "comment" ? [...model.marks, edit.text] : model.marks;
  model.marks = marks.filter((mark) => text.includes(mark));
  look(model);
}

function save(model: Model, world: World, text: string): void {
  if (text !== model.text) model.textBefore = model.text;
  model.text = text;
  world.save(text);
}

/** All that is unsaved was tried to be written. */
function noteTried(model: Model): void {
  if (model.unsaved === 0) return;
  if (isWritable(model)) noteWritten(model);
  else model.hasFailed = true;
}

/** A cache that is made anew finds the collection by its manifest. */
function isDiscovered({ disk }: Readonly<Model>): boolean {
  return disk === "there" || disk === "broken";
}

/**
 * What is unsaved can be brought over: not onto an edit in what both have, of which the default policy
 * says nothing once the cache is lost.
 */
function isReplayable(model: Readonly<Model>): boolean {
  return isDiscovered(model) && !(model.unsaved > 0 && model.isDrifted);
}

/**
 * The manifest holds all, in the cache's order: whether a broken cache can still be read, by its log, is
 * left open.
 */
function isRecoverable(model: Readonly<Model>): boolean {
  if (model.disk !== "there" || model.unsaved > 0 || differs(model)) return false;
  const { tags } = readFileRows(model.text);
  return tags.every(({ slug }, at) => slug === model.tags[at]?.slug);
}

async function closeAll(model: Model, world: World): Promise<void> {
  for (const slot of [0, 1] as const) {
    if (!world.isOpen(slot)) continue;
    await touch(model, world, slot);
    await world.close(slot);
  }
}

/** The first process that notices makes a new cache, and brings over what the old one held unwritten. */
async function heal(model: Model, world: World, by: Slot): Promise<void> {
  const hadCache = world.isOpen(by);
  for (const slot of [0, 1] as const) {
    model.processes[slot].hasLostCache = slot !== by && world.isOpen(slot);
  }
  await world.status(by);
  model.processes[by].hasDrained = true;
  if (!hadCache || (model.unsaved === 0 && model.disk === "there")) return recover(model);
  model.hasFailed = false;
  if (model.disk === "there") {
    const file = readFileRows(model.text);
    const reborn = groupsMadeAgain(model);
    for (const [was, is] of reborn) {
      const note = model.notes.get(was);
      if (note !== undefined) model.notes = new Map([...model.notes, [is, note]]);
    }
    model.unsaved = differs(model) ? 1 : 0;
    const groups = new Map(
      file.groups.map(({ name }) => {
        const key = nameKey(name);
        const id = model.base?.groups.get(key) ?? newId(model);
        return [key, reborn.get(id) ?? id] as const;
      }),
    );
    const tags = new Map(
      file.tags.map(({ slug }) => [slug, model.base?.tags.get(slug) ?? newId(model)] as const),
    );
    noteBase(model, file);
    model.base = { text: model.text, words: file.words, groups, tags };
  } else {
    // It could not be read, so that all comes over, with its base.
    const isBlank = model.groups.length + model.tags.length === 0 && !model.hasRows;
    model.unsaved = isBlank ? 0 : 1;
  }
}

/**
 * Says of groups that were deleted, and made again under their names, as which they are there now. A
 * merge takes the two for one, so that the row in the manifest stays, with what a person wrote into it.
 */
function groupsMadeAgain({ base, groups }: Model): Map<number, number> {
  const known = new Set(base?.groups.values());
  const living = new Set(groups.map(({ id }) => id));
  return new Map(
    groups.flatMap(({ name, id }) => {
      const was = known.has(id) ? undefined : base?.groups.get(nameKey(name));
      return was === undefined || living.has(was) ? [] : [[was, id] as const];
    }),
  );
}
