import { client } from "../api/client.ts";
import type { Artifact, Group } from "../api/queries.ts";
import { countOf } from "../artifacts/count-of.ts";
import { tellDoneTogether } from "../artifacts/undo-together.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { byColumn, placeMembers, placeOfSpot, withoutMembers, type Spot } from "./move-cards.ts";
import { cardsOf, namesOf, refOf, UNGROUPED, type Card, type PlacedCard } from "./cards.ts";
import { changeMembers } from "./change-members.ts";
import { readGroups } from "./group-cache.ts";

/** What is dropped where. */
export interface Drop {
  readonly collection: string;
  readonly cards: readonly PlacedCard[];
  readonly to: string;
  readonly spot: Spot;
  readonly index: ReadonlyMap<string, Artifact>;
  /** Whether they stay where they are, too. */
  readonly isAdding?: boolean;
  /** Whether a message says what was done: where it cannot be seen. */
  readonly isTold?: boolean;
}

/** Moves cards to a place of a column, from whichever columns they stand in; all of it is undone together. */
export async function dropCards(drop: Drop): Promise<void> {
  const { collection, to, isAdding = false } = drop;
  const replies = [];
  const { before } = drop.spot;
  let { after } = drop.spot;
  for (const [from, cards] of byColumn(drop.cards)) {
    const spot = { before, after };
    replies.push(
      isAdding && from !== to
        ? add({ ...drop, spot }, cards)
        : move({ ...drop, spot }, from, cards),
    );
    // The next ones come behind these.
    after = cards.at(-1)?.key ?? after;
  }
  const done = (await Promise.all(replies)).filter((reply) => reply !== null);
  const isOut = to === UNGROUPED;
  if (done.length === 0 || !(drop.isTold === true || isOut || replies.length > 1)) return;
  const name = visibleText(groupOf(collection, to)?.name ?? "");
  const what = calling(drop.cards);
  const text = isOut
    ? `${what} taken out of ${sourceOf(collection, drop.cards)}`
    : `${what} ${isAdding ? "added" : "moved"} to “${name}”`;
  tellDoneTogether(
    collection,
    text,
    done.map(({ change }) => change),
  );
}

/** How cards are called in a message. */
export function calling(cards: readonly Card[]): string {
  const [first] = cards;
  return cards.length === 1 && first !== undefined
    ? visibleText(namesOf(first).name)
    : countOf(cards.length, "artifact");
}

function sourceOf(collection: string, cards: readonly PlacedCard[]): string {
  const columns = [...byColumn(cards).keys()].filter((column) => column !== UNGROUPED);
  const [first = ""] = columns;
  const name = visibleText(groupOf(collection, first)?.name ?? "");
  return columns.length === 1 ? `“${name}”` : countOf(columns.length, "group");
}

function move(drop: Drop, from: string, cards: readonly PlacedCard[]) {
  if (from === drop.to) return reorder(drop, cards);
  if (drop.to === UNGROUPED) return takeOut(drop, from, cards);
  return from === UNGROUPED ? add(drop, cards) : moveOver(drop, from, cards);
}

/** The place among the others of a group, and its members with the cards there. */
function placeIn(group: Group, spot: Spot, cards: readonly PlacedCard[]) {
  const stay = withoutMembers(cardsOf(group), cards);
  const at = placeOfSpot(stay, spot);
  return { at, members: placeMembers(cardsOf(group), cards, at).map(memberOf) };
}

async function reorder({ collection, to, spot, index }: Drop, cards: readonly PlacedCard[]) {
  const group = groupOf(collection, to);
  if (group === undefined) return null;
  const { at, members } = placeIn(group, spot, cards);
  const isSame = members.every(
    (member, place) => refOf(member) === refOf(group.members[place] ?? member),
  );
  if (isSame) return null;
  // The first ones decide the order of all.
  const first = members.slice(0, at + cards.length).map(refOf);
  return changeMembers({
    collection,
    index,
    members: new Map([[to, members]]),
    call: () =>
      first.every(isSendable)
        ? client.groups.reorderMembers.mutate({ collection, group: to, members: first })
        : client.groups.addMembers.mutate({ collection, group: to, members: cards.map(refOf), at }),
    groupsOf: (reply) => [reply.group],
  });
}

async function add({ collection, to, spot, index }: Drop, cards: readonly PlacedCard[]) {
  const group = groupOf(collection, to);
  if (group === undefined) return null;
  const { at, members } = placeIn(group, spot, cards);
  return changeMembers({
    collection,
    index,
    members: new Map([[to, members]]),
    arriving: cards,
    call: () =>
      client.groups.addMembers.mutate({ collection, group: to, members: cards.map(refOf), at }),
    groupsOf: (reply) => [reply.group],
  });
}

async function moveOver(
  { collection, to, spot, index }: Drop,
  from: string,
  cards: readonly PlacedCard[],
) {
  const group = groupOf(collection, to);
  const source = groupOf(collection, from);
  if (group === undefined || source === undefined) return null;
  const { at, members } = placeIn(group, spot, cards);
  return changeMembers({
    collection,
    index,
    members: new Map([
      [from, withoutMembers(source.members, cards)],
      [to, members],
    ]),
    call: () =>
      client.groups.moveMembers.mutate({
        collection,
        group: from,
        to,
        members: cards.map(refOf),
        at,
      }),
    groupsOf: (reply) => [reply.from, reply.to],
  });
}

async function takeOut({ collection, index }: Drop, from: string, cards: readonly PlacedCard[]) {
  const source = groupOf(collection, from);
  if (source === undefined) return null;
  return changeMembers({
    collection,
    index,
    members: new Map([[from, withoutMembers(source.members, cards)]]),
    leaving: cards,
    call: () =>
      client.groups.removeMembers.mutate({ collection, group: from, members: cards.map(refOf) }),
    groupsOf: (reply) => [reply.group],
  });
}

function groupOf(collection: string, id: string): Group | undefined {
  return readGroups(collection).find((group) => group.id === id);
}

function memberOf({ ref, artifactId }: Card) {
  return { ref, artifactId };
}

/** Whether a call may name a member so; a file may hold what could be no artifact's name. */
function isSendable(ref: string): boolean {
  return ref !== "" && !/[/\\\p{Cc}]|^\./u.test(ref);
}
