/** Something before and after a change. */
export interface Span<T> {
  readonly before: T;
  readonly after: T;
}

/** A thing before and after a change; null where it was not there. */
export type Pair<T> = Span<T | null>;

/** A member of a group: how it is written, and the artifact that it was, `type:name`, or null. */
export interface MemberImage {
  readonly ref: string;
  readonly artifact: string | null;
}

/** A group as it was. */
export interface GroupImage {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  /** Null where the change left them as they were. */
  readonly members: readonly MemberImage[] | null;
  /** Its place among the groups. */
  readonly place: number;
}

/** A tag definition as it was. */
export interface TagImage {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly color: string;
  readonly description: string;
  /** Its place among the definitions. */
  readonly place: number;
}

/** An artifact as it was, as far as it is curated. */
export interface ArtifactImage {
  /** `type:name` */
  readonly artifact: string;
  /** Relative to the collection's folder, with `/`; "" where none is known. */
  readonly path: string;
  readonly missing: boolean;
  /** Whether it had a row in `[[artifacts]]`. */
  readonly inManifest: boolean;
  /** The tags of that row, in order. */
  readonly tags: readonly { readonly slug: string; readonly word: string }[];
}

/** The file or folder of an artifact that came into a collection, or went from it to the trash. */
export interface FilesImage {
  /** `type:name` */
  readonly artifact: string;
  /** Relative to the collection's folder, with `/`. */
  readonly path: string;
  readonly way: "in" | "out";
  /**
   * The place in the home's trash, relative to that, where it went or came from, and to which it goes back
   * where its coming is undone; null where it came from elsewhere.
   */
  readonly trash: string | null;
}

/** What a change touched, as it was before and after: what taking it back needs, and no more. */
export interface ChangeImages {
  readonly groups: readonly Pair<GroupImage>[];
  /** The ids of the groups whose order among each other changed; null where there are none. */
  readonly groupOrder: Span<readonly string[]> | null;
  readonly tags: readonly Pair<TagImage>[];
  readonly tagOrder: Span<readonly number[]> | null;
  readonly artifacts: readonly Pair<ArtifactImage>[];
  readonly displayName: Span<string> | null;
  readonly files: readonly FilesImage[];
}

/** Everything of a collection that is imaged, or the part of it that a change may touch. */
export interface Curation {
  readonly groups: readonly GroupImage[];
  readonly groupOrder: readonly string[];
  readonly tags: readonly TagImage[];
  readonly artifacts: readonly ArtifactImage[];
  readonly displayName: string;
}

/** What differs between two states of the same part of a collection. */
export function compareCurations(
  before: Curation,
  after: Curation,
  files: readonly FilesImage[],
): ChangeImages {
  const idOf = ({ id }: { readonly id: number }) => id;
  return {
    groups: pairUp(before.groups, after.groups, ({ id }) => id, sameGroup).map(withoutSameMembers),
    groupOrder: changedOrder(before.groupOrder, after.groupOrder),
    tags: pairUp(before.tags, after.tags, idOf, sameTag),
    tagOrder: changedOrder(before.tags.map(idOf), after.tags.map(idOf)),
    artifacts: pairUp(before.artifacts, after.artifacts, ({ artifact }) => artifact, sameText),
    displayName:
      before.displayName === after.displayName
        ? null
        : { before: before.displayName, after: after.displayName },
    files,
  };
}

/** Whether images say that anything changed. */
export function hasImages(images: ChangeImages): boolean {
  const { groups, groupOrder, tags, tagOrder, artifacts, displayName, files } = images;
  const isInLists = [groups, tags, artifacts, files].some((list) => list.length > 0);
  return isInLists || groupOrder !== null || tagOrder !== null || displayName !== null;
}

/** Pairs what was there before with what is there after, and leaves out what stayed the same. */
function pairUp<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (image: T) => string | number,
  isSame: (a: T, b: T) => boolean,
): Pair<T>[] {
  const old = new Map(before.map((image) => [idOf(image), image]));
  const now = new Map(after.map((image) => [idOf(image), image]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const pair = { before: old.get(id) ?? null, after: now.get(id) ?? null };
    const stayed = pair.before !== null && pair.after !== null && isSame(pair.before, pair.after);
    return stayed ? [] : [pair];
  });
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Others may have come before it: its place alone is no change of a group's own. */
function sameGroup(a: GroupImage, b: GroupImage): boolean {
  return sameText({ ...a, place: 0 }, { ...b, place: 0 });
}

function sameTag(a: TagImage, b: TagImage): boolean {
  return sameText({ ...a, place: 0 }, { ...b, place: 0 });
}

/** A group may have very many members; where they stayed they are not kept. */
function withoutSameMembers({ before, after }: Pair<GroupImage>): Pair<GroupImage> {
  if (before === null || after === null || !sameText(before.members, after.members)) {
    return { before, after };
  }
  return { before: { ...before, members: null }, after: { ...after, members: null } };
}

/**
 * The part of an order that changed, of what is in both; null where none did. Rows keep the places that
 * those of this part have among all, so that what stands before and behind it need not be kept.
 */
function changedOrder<Id>(before: readonly Id[], after: readonly Id[]): Span<readonly Id[]> | null {
  const [inBefore, inAfter] = [new Set(before), new Set(after)];
  const old = before.filter((id) => inAfter.has(id));
  const now = after.filter((id) => inBefore.has(id));
  const start = old.findIndex((id, index) => id !== now[index]);
  if (start === -1) return null;
  const end = old.findLastIndex((id, index) => id !== now[index]) + 1;
  return { before: old.slice(start, end), after: now.slice(start, end) };
}
