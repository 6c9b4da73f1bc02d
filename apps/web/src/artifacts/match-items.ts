import type { ReactNode } from "react";

/** Something that can be picked by its name. */
export interface PickerItem {
  readonly id: string;
  readonly label: string;
  /** Whether all, or some, of what it is picked for have it. */
  readonly mark?: "all" | "some" | undefined;
  /** What stands behind its name, such as a count. */
  readonly note?: string;
  /** What stands before its name, such as an icon. */
  readonly start?: ReactNode;
}

/** More are no help to a person, and a burden to the browser. */
const SHOWN = 100;

/**
 * Finds things by a part of their names, those first that begin with it.
 * @returns what to show, how many more there are, and whether nothing is called just so
 */
export function matchItems(
  items: readonly PickerItem[],
  query: string,
): { shown: readonly PickerItem[]; more: number; canCreate: boolean } {
  const wanted = keyOf(query.trim());
  if (wanted === "") {
    return { shown: items.slice(0, SHOWN), more: rest(items.length), canCreate: false };
  }
  const keyed = items.map((item) => ({ item, key: keyOf(item.label) }));
  const found = keyed.filter(({ key }) => key.includes(wanted));
  const first = found.filter(({ key }) => key.startsWith(wanted));
  const others = found.filter(({ key }) => !key.startsWith(wanted));
  return {
    shown: [...first, ...others].slice(0, SHOWN).map(({ item }) => item),
    more: rest(found.length),
    canCreate: found.every(({ key }) => key !== wanted),
  };
}

function rest(count: number): number {
  return Math.max(0, count - SHOWN);
}

/** As names are compared: ignoring case and composition. */
function keyOf(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
