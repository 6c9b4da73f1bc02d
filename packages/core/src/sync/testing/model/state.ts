import { nameKey } from "../../../schema/text.ts";

export interface ModelGroup {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  /** What each means; see {@link meaningOf}. */
  readonly members: readonly string[];
}

export interface ModelTag {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** The manifest as it was last read or written: whose row is which. */
export interface ModelBase {
  /** The text that is ours; null where what was read differs from the cache. */
  readonly text: string | null;
  readonly groups: ReadonlyMap<string, number>;
  readonly tags: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, readonly string[]>;
}

/** Whether the manifest can be read, and why not. */
export type Disk = "there" | "away" | "deleted" | "broken";

/** A process by its number: two may have the home open. */
export type Slot = 0 | 1;

/** What cache, file and processes should be like. */
export interface Model {
  groups: readonly ModelGroup[];
  /** The defined ones. */
  tags: readonly ModelTag[];
  /** The tags put on artifacts here or in their rows, by slug. */
  uses: ReadonlyMap<string, ReadonlySet<string>>;
  /** Some artifact is known to have a row in the manifest. */
  hasRows: boolean;
  /** Null where this cache never read the manifest. */
  base: ModelBase | null;
  unsaved: number;
  /** A write failed: when the next one is tried depends on the time. */
  hasFailed: boolean;
  /** The file was changed elsewhere in what both have, and not written since. */
  isDrifted: boolean;
  disk: Disk;
  /** What the manifest holds, or would if it could be read. */
  text: string;
  /** What it held before it was last edited elsewhere. */
  textBefore: string;
  /** Texts that stay in the manifest, whatever is written. */
  marks: readonly string[];
  /** The keys that a person wrote into groups, by the group. */
  notes: ReadonlyMap<number, string>;
  /** A write since the manifest was last compared with the model. */
  isWritten: boolean;
  /** How many displaced texts are kept. */
  backups: number;
  lastId: number;
  readonly processes: readonly [ModelProcess, ModelProcess];
}

export interface ModelProcess {
  /** What an earlier process left unwritten was tried. */
  hasDrained: boolean;
  /** The cache was deleted under it. */
  hasLostCache: boolean;
}

const NEW_PROCESS: ModelProcess = { hasDrained: false, hasLostCache: false };

/** A model of a home that nobody has opened yet. */
export function newModel(text: string, marks: readonly string[]): Model {
  return {
    groups: [],
    tags: [],
    uses: new Map(),
    hasRows: false,
    base: null,
    unsaved: 0,
    hasFailed: false,
    isDrifted: false,
    disk: "there",
    text,
    textBefore: text,
    marks,
    notes: new Map(),
    isWritten: false,
    backups: 0,
    lastId: 0,
    processes: [{ ...NEW_PROCESS }, { ...NEW_PROCESS }],
  };
}

/** The artifacts of every home here: the files are there, and the manifest has a row of each. */
export const ARTIFACTS = ["command:review", "mcp:fs", "skill:pdf", "skill:review"] as const;

/** A tag that stands in the frontmatter of `skill:pdf`. */
export const IN_FRONTMATTER = "loose";

const MEANINGS: Readonly<Record<string, string>> = {
  pdf: "skill:pdf",
  "pdf.md": "skill:pdf",
  "skill:pdf": "skill:pdf",
  review: "skill:review",
  "skill:review": "skill:review",
  "command:review": "command:review",
  fs: "mcp:fs",
  "mcp:fs": "mcp:fs",
};

/** The artifact that a reference means, else the reference itself, ignoring case. */
export function meaningOf(ref: string): string {
  const key = nameKey(ref);
  return MEANINGS[key] ?? key;
}

/** The tag that a word in a file means: by name, else by slug; all words here are slugs or names. */
export function slugOfWord(tags: readonly ModelTag[], word: string): string {
  return tags.find((tag) => nameKey(tag.name) === nameKey(word))?.slug ?? word;
}

/** The slugs of tags that artifacts carry and that are not defined. */
export function carriedOnly({ tags, uses }: Model): string[] {
  const carried = new Set([IN_FRONTMATTER, ...[...uses.values()].flatMap((slugs) => [...slugs])]);
  for (const tag of tags) carried.delete(tag.slug);
  return [...carried].toSorted();
}

export function newId(model: Model): number {
  model.lastId += 1;
  return model.lastId;
}
