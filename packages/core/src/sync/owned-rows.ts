import type { GroupDefinition } from "../schema/group.ts";
import type { TagDefinition } from "../schema/tag.ts";

/** A group of a manifest with the id that the cache knows it by, so that a rename is told from a new one. */
export interface OwnedGroup extends GroupDefinition {
  readonly id: string;
}

/** A tag definition of a manifest with the id of the cache's row. */
export interface OwnedTag extends TagDefinition {
  readonly id: number;
}

/** What we own of an `[[artifacts]]` row. */
export interface OwnedArtifact {
  /** The artifact that the row is: `type:name`. */
  readonly artifact: string;
  /** The row as the file writes it; see `rowIdentity`. */
  readonly row: string;
  readonly tags: readonly string[];
}

/** The owned rows of a manifest as last read or written here: the base. */
export interface OwnedRows {
  readonly groups: readonly OwnedGroup[];
  readonly tags: readonly OwnedTag[];
  readonly artifacts: readonly OwnedArtifact[];
}

export const NO_ROWS: OwnedRows = { groups: [], tags: [], artifacts: [] };

/** What tells one `[[artifacts]]` row of a file from another. */
export function rowIdentity(row: { type: string; name: string; path: string | null }): string {
  return JSON.stringify([row.type, row.name, row.path ?? ""]);
}

/** No row has such an id, so that what bears it counts as deleted. */
export function noId(place: number): number {
  return -1 - place;
}
