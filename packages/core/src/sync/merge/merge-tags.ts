import { nameKey } from "../../schema/text.ts";
import { alignRows, type Identity, type Triple } from "./align-rows.ts";
import { claimNames } from "./claim-names.ts";
import { textMerger, stays, type Report } from "./merge-fields.ts";
import type { MergeTag } from "./mergeable-rows.ts";
import { orderTriples } from "./order-triples.ts";

/** A tag definition that both sides together come to, and what it is on each. */
export interface TagOutcome {
  readonly triple: Triple<MergeTag>;
  /** Null where it is in the merge no more. */
  readonly tag: Omit<MergeTag, "id"> | null;
}

const FIELDS = ["name", "slug", "color", "description"] as const;
const NUMBER = /(?:-\d+)+$/;

const identity: Identity<MergeTag> = {
  key: (tag) => tag.slug,
  content: (tag) => nameKey(tag.name),
  text: (tag) => JSON.stringify(FIELDS.map((field) => tag[field])),
  traces: [(tag) => nameKey(tag.name)],
  numbered: (tag) => JSON.stringify([tag.slug.replace(NUMBER, ""), nameKey(tag.name)]),
};

function sameTag(a: MergeTag, b: MergeTag): boolean {
  return FIELDS.every((field) => a[field] === b[field]);
}

/**
 * Merges tag definitions; of two that end up with one slug the second gets a number.
 * @returns those that stay, in order, then the others
 */
export function mergeTags(
  lists: { readonly [Of in keyof Triple<MergeTag>]: readonly MergeTag[] },
  known: readonly ("winner" | "loser")[],
  report: Report,
): TagOutcome[] {
  const triples = alignRows(identity, lists, known);
  const kept = new Map<Triple<MergeTag>, Omit<MergeTag, "id">>();
  for (const triple of triples) {
    const row = { kind: "tag", name: triple.left.slug } as const;
    if (!stays(triple, sameTag, row, report)) continue;
    const text = textMerger<(typeof FIELDS)[number]>(triple, row, report);
    kept.set(triple, {
      name: text("name"),
      slug: text("slug"),
      color: text("color"),
      description: text("description"),
    });
  }
  const { items, clash } = orderTriples(triples, lists, new Set(kept.keys()));
  if (clash) {
    const slugs = (tags: readonly MergeTag[]) => tags.map((tag) => tag.slug).join(", ");
    const [winner, loser] = [slugs(lists.winner), slugs(lists.loser)];
    report({ kind: "tag", name: "", field: "order", kept: winner, lost: loser });
  }
  const outcomes = items.flatMap((triple) => {
    const row = kept.get(triple);
    return row === undefined ? [] : [{ triple, row }];
  });
  const slugs = claimNames<Omit<MergeTag, "id">>(
    outcomes,
    lists.base,
    (tag) => tag.slug,
    (tag, isTaken) => numberedSlug(tag.slug, isTaken),
    (slug) => slug,
  );
  for (const [tag, slug] of slugs) {
    report({ kind: "tag", name: slug, field: "slug", kept: slug, lost: tag.slug });
  }
  const gone = triples.filter((triple) => !kept.has(triple));
  return [
    ...outcomes.map(({ triple, row }) => {
      return { triple, tag: { ...row, slug: slugs.get(row) ?? row.slug } };
    }),
    ...gone.map((triple) => ({ triple, tag: null })),
  ];
}

function numberedSlug(slug: string, isTaken: (slug: string) => boolean): string {
  let candidate = slug;
  for (let n = 2; isTaken(candidate); n += 1) candidate = `${slug}-${n}`;
  return candidate;
}
