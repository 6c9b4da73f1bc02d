/** Which artifacts are selected, and where a range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range that is extended begins. */
  readonly anchor: string | null;
  /** What was selected besides that range. */
  readonly besides: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

export const NOTHING_SELECTED: Selection = { ids: NONE, anchor: null, besides: NONE };

/** Selects one, or no more where it was; a range begins there. */
export function toggleOne({ ids }: Selection, id: string): Selection {
  const now = new Set(ids);
  if (!now.delete(id)) now.add(id);
  return { ids: now, anchor: id, besides: now };
}

/**
 * Selects all from where the range begins to here, in place of the range that was; without a beginning
 * this alone.
 * @param order all that are shown, as they are shown
 */
export function extendTo(selection: Selection, id: string, order: readonly string[]): Selection {
  const { anchor, besides } = selection;
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from === -1 || to === -1) return toggleOne({ ...selection, ids: without(besides, id) }, id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...besides, ...range]), anchor, besides };
}

/** Selects exactly these. */
export function selectOnly(ids: readonly string[]): Selection {
  const now = new Set(ids);
  return { ids: now, anchor: ids[0] ?? null, besides: NONE };
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((each) => each !== id));
}
