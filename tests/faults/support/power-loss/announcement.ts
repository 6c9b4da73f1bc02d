/** What a line of the driver tells; the calls between the lines are recorded. */
export type Announcement =
  /**
   * A mutation's reply, at once; `files` are there from now on, `gone` are not; `waiting` is the group that
   * it made, to be found in the cache where it is not saved.
   */
  | {
      readonly kind: "reply";
      readonly collection: string;
      readonly saved: boolean;
      readonly files: readonly string[];
      readonly gone: readonly string[];
      readonly waiting: string | null;
    }
  /** The cache's groups and tags as they were when the last reply came. */
  | { readonly kind: "cache"; readonly collection: string; readonly owned: Owned }
  /** An editor has saved the manifest, durably; `displaced` where a mutation will replace what it says. */
  | { readonly kind: "edit"; readonly collection: string; readonly displaced: boolean };

/** What the cache holds of a manifest's own rows, in the manifest's order. */
export interface Owned {
  readonly groups: readonly {
    readonly name: string;
    readonly description: string;
    readonly color: string;
    readonly icon: string;
    readonly members: readonly string[];
  }[];
  readonly tags: readonly {
    readonly name: string;
    readonly slug: string;
    readonly color: string;
    readonly description: string;
  }[];
}

/** Groups that are created at once have names that begin so: their order, and what is in the cache first, is open. */
export const TOGETHER = "Together";
