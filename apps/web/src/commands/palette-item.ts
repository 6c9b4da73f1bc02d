import type { LucideIcon } from "lucide-react";

/** Something that can be gone to or done. */
export interface PaletteItem {
  /** Unique among all items. */
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** What else is to be known of it, such as its type. */
  readonly aside?: string;
  /** The key that does the same. */
  readonly keys?: string;
  /** Does it; what returns true leaves the palette open. */
  readonly run: () => void | true;
}

/** Items of a kind, under their heading. */
export interface PaletteSection {
  readonly heading: string;
  readonly items: readonly PaletteItem[];
}

/** What the palette asks for: anything at all, or the name of something to be made. */
export type PaletteMode = "all" | "group" | "tag";
