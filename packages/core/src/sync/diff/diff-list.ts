import type { ListDifference } from "../../schema/sync.ts";

/** An element of a list: what it is known by, once in its list, and how it is shown. */
export interface Listed {
  readonly key: string;
  readonly text: string;
}

/** What differs between two lists; null where they hold the same in the same order. */
export function diffList(
  cache: readonly Listed[],
  manifest: readonly Listed[],
): ListDifference | null {
  const inManifest = new Map(manifest.map(({ key }, place) => [key, place]));
  const inCache = new Set(cache.map(({ key }) => key));
  const common = cache.flatMap(({ key, text }) => {
    const place = inManifest.get(key);
    return place === undefined ? [] : [{ text, place }];
  });
  const staying = longestRise(common);
  const difference = {
    cache: cache.map(({ text }) => text),
    manifest: manifest.map(({ text }) => text),
    added: manifest.filter(({ key }) => !inCache.has(key)).map(({ text }) => text),
    removed: cache.filter(({ key }) => !inManifest.has(key)).map(({ text }) => text),
    moved: common.filter((item) => !staying.has(item)).map(({ text }) => text),
  };
  const { added, removed, moved } = difference;
  return added.length + removed.length + moved.length === 0 ? null : difference;
}

interface Placed {
  readonly text: string;
  /** In the manifest. */
  readonly place: number;
}

interface Run {
  readonly item: Placed;
  readonly before: Run | undefined;
}

/** A longest run whose places rise (patience sorting): what need not be called moved. */
function longestRise(items: readonly Placed[]): Set<Placed> {
  /** Of the runs of each length the one that ends lowest. */
  const runs: Run[] = [];
  for (const item of items) {
    const under = runs.findLastIndex((run) => run.item.place < item.place);
    runs[under + 1] = { item, before: runs[under] };
  }
  const kept = new Set<Placed>();
  for (let run = runs.at(-1); run !== undefined; run = run.before) kept.add(run.item);
  return kept;
}
