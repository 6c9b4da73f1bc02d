import type { ExpressionBuilder } from "kysely";
import { createTagMatcher, slugsAround, wordOf, type TagIdentity } from "./tag-words.ts";
import type { CacheTransaction } from "./open.ts";
import type { Tables } from "./tables.ts";
import { definedOnly, ensureTags, pruneTags, tagCarriers, tagRows, type Carrier } from "./tags.ts";

/** A word that an artifact carries and that now means the tag `to`. */
export interface Move {
  readonly carrier: Carrier;
  readonly to: string;
}

/** A word of ours that has to read otherwise to go on meaning its tag. */
interface Rewording {
  readonly carrier: Carrier;
  readonly word: string;
}

/**
 * Brings the words that artifacts carry up to date with a collection's definitions, as a refresh
 * would: a word in frontmatter means what the definitions make of it; what was assigned here stays
 * with its tag as long as that is defined. Tags that are only carried come and go with their words.
 * @param changed the definitions that came, went or changed, as they were and as they are
 * @param refuse is shown the words that change their tag, and throws where they must not
 */
export async function settleTags(
  tx: CacheTransaction,
  collectionId: number,
  changed: readonly TagIdentity[],
  refuse: (moves: readonly Move[]) => void,
): Promise<void> {
  const slugs = [...new Set(changed.flatMap(slugsAround))];
  const { moves, rewordings } = await planRematch(tx, collectionId, slugs);
  refuse(moves);
  await applyRematch(tx, moves, rewordings);
  const concerned = new Set([...slugs, ...moves.map((move) => move.to)]);
  await ensureTags(tx, collectionId, [...concerned]);
  await pruneTags(tx, collectionId);
}

async function planRematch(
  tx: CacheTransaction,
  collectionId: number,
  slugs: readonly string[],
): Promise<{ moves: Move[]; rewordings: Rewording[] }> {
  const definitions = definedOnly(await tagRows(tx, collectionId));
  const match = createTagMatcher(definitions);
  const bySlug = new Map(definitions.map((row) => [row.slug, row]));
  const moves: Move[] = [];
  const rewordings: Rewording[] = [];
  for (const carrier of await tagCarriers(tx, collectionId, slugs)) {
    const to = match(carrier.word);
    if (to === carrier.slug) continue;
    const own = carrier.origin === "manifest" ? bySlug.get(carrier.slug) : undefined;
    if (own === undefined) moves.push({ carrier, to });
    else rewordings.push({ carrier, word: wordOf(own, match) });
  }
  return { moves, rewordings };
}

async function applyRematch(
  tx: CacheTransaction,
  moves: readonly Move[],
  rewordings: readonly Rewording[],
): Promise<void> {
  for (const { carrier, word } of rewordings) {
    await tx.updateTable("artifact_tags").set({ word }).where(isCarrier(carrier)).execute();
  }
  for (const { carrier, to } of moves) {
    if (await isAssigned(tx, carrier, to)) {
      await tx.deleteFrom("artifact_tags").where(isCarrier(carrier)).execute();
    } else {
      await tx.updateTable("artifact_tags").set({ slug: to }).where(isCarrier(carrier)).execute();
    }
  }
}

/** Whether the artifact has a word of ours for that tag already: one is enough. */
async function isAssigned(tx: CacheTransaction, carrier: Carrier, slug: string): Promise<boolean> {
  if (carrier.origin === "frontmatter") return false;
  const row = await tx
    .selectFrom("artifact_tags")
    .select("slug")
    .where("artifact_id", "=", carrier.artifact_id)
    .where("origin", "=", carrier.origin)
    .where("slug", "=", slug)
    .executeTakeFirst();
  return row !== undefined;
}

function isCarrier({ artifact_id, origin, position }: Carrier) {
  return (eb: ExpressionBuilder<Tables, "artifact_tags">) =>
    eb.and({ artifact_id, origin, position });
}
