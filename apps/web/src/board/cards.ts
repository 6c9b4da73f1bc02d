import type { Artifact, Group, Member } from "../api/queries.ts";

/** The column of the artifacts that are in no group; no group's id looks like it. */
export const UNGROUPED = "ungrouped";

/** A card of a column: a member of a group, or an artifact that is in none. */
export interface Card extends Member {
  /** Its own in its column, and the same for as long as it stands for the same artifact. */
  readonly key: string;
}

/** A card and the column that it stands in. */
export interface PlacedCard extends Card {
  readonly column: string;
}

/** Where on the board something is: a card, or with null the head of a column. */
export interface Place {
  readonly column: string;
  readonly key: string | null;
}

const known = new WeakMap<readonly Member[], readonly Card[]>();

/** The cards of a group's members, in order; the same list for the same members. */
export function cardsOf({ members }: Pick<Group, "members">): readonly Card[] {
  const before = known.get(members);
  if (before !== undefined) return before;
  const seen = new Map<string, number>();
  const cards = members.map(({ ref, artifactId }) => {
    const identity = identityOf({ ref, artifactId });
    const count = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, count);
    // A file may name one artifact twice.
    return { key: count === 1 ? identity : `${identity} ${count}`, ref, artifactId };
  });
  known.set(members, cards);
  return cards;
}

/** The card of an artifact that is in no group. */
export function cardOfArtifact({ id }: Pick<Artifact, "id">): Card {
  return { key: identityOf({ ref: id, artifactId: id }), ref: id, artifactId: id };
}

/** Two members with one identity are one: the same artifact, or the same name that none answers to. */
export function identityOf({ ref, artifactId }: Member): string {
  return artifactId ?? `?${ref.trim().normalize("NFC").toLowerCase()}`;
}

/** What calls name a member by. */
export function refOf({ ref, artifactId }: Member): string {
  return artifactId ?? ref;
}

/** The type and the name that a member shows before anything else is known of it. */
export function namesOf({ ref, artifactId }: Member): { type: string; name: string } {
  if (artifactId === null) return { type: "", name: ref };
  const colon = artifactId.indexOf(":");
  return { type: artifactId.slice(0, colon), name: artifactId.slice(colon + 1) };
}

/** One text for a card and its column, as selections name it. */
export function cardId(column: string, key: string): string {
  return `${column}\n${key}`;
}

/** The column and the card that {@link cardId} named. */
export function placeOfId(id: string): { column: string; key: string } {
  const end = id.indexOf("\n");
  return { column: id.slice(0, end), key: id.slice(end + 1) };
}
