/** How much a collection holds. */
export interface Size {
  readonly name: SizeName;
  readonly artifacts: number;
  readonly groups: number;
  readonly members: number;
  readonly tags: number;
}

export type SizeName = "S" | "M" | "L" | "XL";

/** S is a person's, M a busy team's; L and XL show how things grow. */
export const SIZES: Readonly<Record<SizeName, Size>> = {
  S: { name: "S", artifacts: 50, groups: 10, members: 8, tags: 20 },
  M: { name: "M", artifacts: 500, groups: 50, members: 20, tags: 100 },
  L: { name: "L", artifacts: 10_000, groups: 1_000, members: 50, tags: 2_000 },
  XL: { name: "XL", artifacts: 100_000, groups: 2_000, members: 50, tags: 2_000 },
};
