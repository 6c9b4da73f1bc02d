import type { GroupDefinition } from "../schema/group.ts";
import type { TagDefinition } from "../schema/tag.ts";
import type { ReturningRow } from "./returning-row.ts";
import type { ManifestArtifact, ManifestGroup, ManifestTag } from "./read.ts";

/** A row that the manifest is to hold, and the row that it has of it; null where it has none. */
export interface DesiredRow<From, Definition> {
  readonly from: From | null;
  /** The row as it stood once, where it comes back; into an inline section it does so anew. */
  readonly returning?: ReturningRow<From> | null;
  readonly definition: Definition;
}

/** What we own of an `[[artifacts]]` row. Name, type and path are written into new rows only. */
export interface DesiredArtifact {
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly tags: readonly string[];
}

/**
 * All owned rows that a manifest is to hold, groups in their order. A readable row that no entry is
 * `from` is removed; an opaque one stays.
 */
export interface DesiredManifest {
  /** `[collection].name`; null where it is to stay as it is. */
  readonly displayName: string | null;
  readonly artifacts: readonly DesiredRow<ManifestArtifact, DesiredArtifact>[];
  readonly tags: readonly DesiredRow<ManifestTag, TagDefinition>[];
  readonly groups: readonly DesiredRow<ManifestGroup, GroupDefinition>[];
}
