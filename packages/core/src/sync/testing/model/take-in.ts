import { isDeepStrictEqual } from "node:util";
import { nameKey } from "../../../schema/text.ts";
import {
  curationOfFile,
  curationOfModel,
  fieldsOfGroup,
  readFileRows,
  slugsOf,
  type FileRows,
} from "./file-rows.ts";
import { newId, type Model, type ModelGroup } from "./state.ts";

/** Forgets all that is in the cache alone, and takes what the manifest holds. */
export function recover(model: Model): void {
  model.groups = [];
  model.tags = [];
  model.uses = new Map();
  model.hasRows = false;
  model.notes = new Map();
  model.base = null;
  model.unsaved = 0;
  model.hasFailed = false;
  model.isDrifted = false;
  look(model);
}

/** Takes from the manifest what is to be taken, by the table of DESIGN section 4. */
export function look(model: Model): void {
  if (model.disk !== "there" || model.base?.text === model.text) return;
  const file = readFileRows(model.text);
  model.hasRows = true;
  takeTags(model, file);
  takeUses(model, file);
  const ids = takeGroups(model, file);
  model.notes = new Map(
    file.groups.flatMap(({ note }, index) => {
      const id = ids[index];
      return note === null || typeof id !== "number" ? [] : [[id, note] as const];
    }),
  );
  const isSame = isDeepStrictEqual(curationOfFile(file), curationOfModel(model));
  if (isSame) {
    noteBase(model, file);
  } else {
    const groups = new Map(model.base?.groups);
    file.groups.forEach(({ name }, index) => {
      const id = ids[index];
      if (typeof id === "number" && ![...groups.values()].includes(id))
        groups.set(nameKey(name), id);
    });
    const tags = new Map(model.base?.tags);
    for (const tag of model.tags) {
      const inFile = file.tags.some(({ slug }) => slug === tag.slug);
      if (inFile && ![...tags.values()].includes(tag.id)) tags.set(tag.slug, tag.id);
    }
    model.base = { text: null, groups, tags, words: file.words };
  }
}

/** The manifest is as the cache has it. */
export function noteBase(model: Model, file: FileRows): void {
  model.base = {
    text: model.text,
    groups: new Map(model.groups.map((group) => [nameKey(group.name), group.id])),
    tags: new Map(model.tags.map((tag) => [tag.slug, tag.id])),
    words: file.words,
  };
}

/** Which of the cache's rows each of the file's is; "added" where it is new, "deleted" where it went here. */
function match(
  keys: readonly string[],
  rows: readonly (readonly [key: string, id: number])[],
  base: ReadonlyMap<string, number>,
): (number | "added" | "deleted")[] {
  const living = new Set(rows.map(([, id]) => id));
  const taken = new Set(keys.map((key) => base.get(key)));
  return keys.map((key) => {
    const known = base.get(key);
    if (known !== undefined) return living.has(known) ? known : "deleted";
    const same = rows.find(([other, id]) => other === key && !taken.has(id));
    return same === undefined ? "added" : same[1];
  });
}

function takeTags(model: Model, file: FileRows): void {
  const matches = match(
    file.tags.map((tag) => tag.slug),
    model.tags.map((tag) => [tag.slug, tag.id]),
    model.base?.tags ?? new Map(),
  );
  const added = file.tags.filter((_, index) => matches[index] === "added");
  model.tags = [...model.tags, ...added.map((tag) => ({ id: newId(model), ...tag }))];
}

/** `(B∩C∩F) ∪ (C∖B) ∪ (F∖B)` */
function takeUses(model: Model, file: FileRows): void {
  const base = slugsOf(model.base?.words ?? new Map(), model.tags);
  const theirs = slugsOf(file.words, model.tags);
  const none: ReadonlySet<string> = new Set();
  model.uses = new Map(
    [...new Set([...theirs.keys(), ...model.uses.keys()])].map((artifact) => {
      const [b, c, f] = [base, model.uses, theirs].map((side) => side.get(artifact) ?? none);
      if (b === undefined || c === undefined || f === undefined) throw new Error("Three sides");
      const kept = [...f].filter((slug) => !b.has(slug) || c.has(slug));
      return [artifact, new Set([...kept, ...[...c].filter((slug) => !b.has(slug))])];
    }),
  );
}

function takeGroups(model: Model, file: FileRows): (number | "deleted")[] {
  const matches = match(
    file.groups.map((group) => nameKey(group.name)),
    model.groups.map((group) => [nameKey(group.name), group.id]),
    model.base?.groups ?? new Map(),
  );
  let groups = model.groups;
  let before: number | null = null;
  const ids = file.groups.map((group, index): number | "deleted" => {
    const of = matches[index] ?? "added";
    if (of === "deleted") return of;
    if (of === "added") {
      const row = { ...fieldsOfGroup(group), name: freeName(groups, group.name), id: newId(model) };
      const place = before === null ? 0 : groups.findIndex(({ id }) => id === before) + 1;
      groups = groups.toSpliced(place, 0, row);
      before = row.id;
      return row.id;
    }
    before = of;
    return of;
  });
  model.groups = groups;
  return ids;
}

/** `Name (2)` and so on where the name is taken. */
function freeName(groups: readonly ModelGroup[], name: string): string {
  const taken = new Set(groups.map((group) => nameKey(group.name)));
  let free = name;
  for (let n = 2; taken.has(nameKey(free)); n += 1) free = `${name} (${n})`;
  return free;
}
