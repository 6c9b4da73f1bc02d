import { nameKey } from "../../schema/text.ts";

/** A member of a group: the artifact that it is, `type:name`, else null; and how it is written. */
export interface MergeMember {
  readonly ref: string;
  readonly artifact: string | null;
}

/** A group of one side. */
export interface MergeGroup {
  /** What its side knows it by; null where that has no ids, such as a file. */
  readonly id: string | null;
  readonly name: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  readonly members: readonly MergeMember[];
}

/** A tag definition of one side. */
export interface MergeTag {
  readonly id: number | null;
  readonly name: string;
  readonly slug: string;
  readonly color: string;
  readonly description: string;
}

/** A tag that an artifact's row carries. */
export interface MergeTagUse {
  readonly slug: string;
  readonly word: string;
}

/** A row of `[[artifacts]]`. */
export interface MergeArtifact {
  /** `type:name` */
  readonly artifact: string;
  /** Relative to the collection's folder; "" where none is known. */
  readonly path: string;
  readonly tags: readonly MergeTagUse[];
}

/** What one side of a merge holds, all in order: groups and tags each once by name and by slug. */
export interface MergeRows {
  readonly groups: readonly MergeGroup[];
  readonly tags: readonly MergeTag[];
  readonly artifacts: readonly MergeArtifact[];
}

export const NOTHING: MergeRows = { groups: [], tags: [], artifacts: [] };

/** One side of a merge. */
export interface MergeSide extends MergeRows {
  /** Whether its ids are the base's, so that a renamed row is known for sure. */
  readonly hasIdsOfBase: boolean;
}

/** What a merged row is in the base and on either side; null where it is not there. */
export interface Origin<Id> {
  readonly base: Id | null;
  readonly ours: Id | null;
  readonly theirs: Id | null;
}

export type MergedGroup = Omit<MergeGroup, "id"> & Origin<string>;
export type MergedTag = Omit<MergeTag, "id"> & Origin<number>;

/** What both sides together come to. */
export interface MergedRows {
  readonly groups: readonly MergedGroup[];
  readonly tags: readonly MergedTag[];
  readonly artifacts: readonly MergeArtifact[];
}

/** What of a member counts when lists are compared. */
export function memberKey({ ref, artifact }: MergeMember): string {
  return artifact ?? nameKey(ref);
}
