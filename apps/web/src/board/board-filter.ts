import type { Artifact } from "../api/queries.ts";
import type { BoardSearch } from "../app/filters.ts";
import type { TagIndex } from "../artifacts/tag-mark.tsx";
import { namesOf, type Card } from "./cards.ts";

/** Whether a filter leaves a card. */
export type CardFilter = (card: Card) => boolean;

/**
 * Makes the filter that the URL names, by the rules of the server's search: a part of a name, title, description or
 * tag, ignoring case.
 * @param index what is known of the artifacts; of others their names decide
 * @returns null where nothing is filtered
 */
export function makeFilter(
  { q, type, tag }: Pick<BoardSearch, "q" | "type" | "tag">,
  index: ReadonlyMap<string, Artifact>,
  tags: TagIndex,
): CardFilter | null {
  if (q === undefined && type === undefined && tag === undefined) return null;
  const wanted = keyOf((q ?? "").trim());
  const holds = (text: string) => keyOf(text).includes(wanted);
  const slugs = new Set(
    [...tags.values()]
      .filter(({ slug, name }) => holds(slug) || holds(name))
      .map(({ slug }) => slug),
  );
  const answers = (card: Card) => {
    const names = namesOf(card);
    const artifact = card.artifactId === null ? undefined : index.get(card.artifactId);
    if (type !== undefined && names.type !== type) return false;
    if (tag !== undefined && artifact?.tags.includes(tag) !== true) return false;
    if (wanted === "" || holds(names.name)) return true;
    if (artifact === undefined) return false;
    return (
      holds(artifact.title) ||
      holds(artifact.description) ||
      artifact.tags.some((slug) => slugs.has(slug))
    );
  };
  const known = new Map<string, boolean>();
  return (card) => {
    const before = known.get(card.key);
    if (before !== undefined) return before;
    const now = answers(card);
    known.set(card.key, now);
    return now;
  };
}

function keyOf(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
