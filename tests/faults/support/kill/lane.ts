import type { SkillmeatClient } from "@skillmeat/client";
import type { WriteOutcome } from "@skillmeat/core";
import type { Random } from "../random.ts";

interface LaneGroup {
  readonly description: string;
  readonly members: readonly string[];
}

/** What one of several callers at once has made: each has groups, tags and an artifact of its own. */
export interface LaneState {
  readonly groups: Readonly<Record<string, LaneGroup>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly carried: readonly string[];
}

const NO_GROUP: LaneGroup = { description: "", members: [] };

export const EMPTY: LaneState = { groups: {}, tags: {}, carried: [] };

/** A mutation, and what it makes of a state. */
export interface Operation {
  run(client: SkillmeatClient): Promise<WriteOutcome>;
  readonly next: LaneState;
}

/** The artifact of a lane. */
export function artifactOf(lane: number): string {
  return `lane-${lane}`;
}

/** Chooses a mutation that is possible in a state. `count` numbers what is new. */
export function chooseOperation(
  lane: number,
  state: LaneState,
  random: Random,
  count: number,
): Operation {
  const groups = Object.keys(state.groups);
  const tags = Object.keys(state.tags);
  const isFull = groups.length + tags.length > 8;
  const kinds = [
    ...(isFull ? [] : [createGroup, createTag]),
    ...(groups.length > 0 ? [updateGroup, deleteGroup, toggleMember] : []),
    ...(tags.length > 0 ? [updateTag, deleteTag, toggleTag] : []),
  ];
  return random.oneOf(kinds)({ lane, state, random, count, groups, tags });
}

interface Choice {
  readonly lane: number;
  readonly state: LaneState;
  readonly random: Random;
  readonly count: number;
  readonly groups: readonly string[];
  readonly tags: readonly string[];
}

function createGroup({ lane, state, count }: Choice): Operation {
  const name = `L${lane} ${count}`;
  return {
    run: ({ groups }) => groups.create.mutate({ name }),
    next: { ...state, groups: { ...state.groups, [name]: { description: "", members: [] } } },
  };
}

function updateGroup({ state, random, count, groups: names }: Choice): Operation {
  const group = random.oneOf(names);
  const description = `As of ${count}`;
  const members = state.groups[group]?.members ?? [];
  return {
    run: ({ groups }) => groups.update.mutate({ group, description }),
    next: { ...state, groups: { ...state.groups, [group]: { description, members } } },
  };
}

function deleteGroup({ state, random, groups: names }: Choice): Operation {
  const group = random.oneOf(names);
  return {
    run: ({ groups }) => groups.delete.mutate({ group }),
    next: { ...state, groups: without(state.groups, group) },
  };
}

function toggleMember({ lane, state, random, groups: names }: Choice): Operation {
  const group = random.oneOf(names);
  const { description, members } = state.groups[group] ?? NO_GROUP;
  const member = artifactOf(lane);
  const isIn = members.includes(member);
  const input = { group, members: [member] };
  return {
    run: ({ groups }) =>
      isIn ? groups.removeMembers.mutate(input) : groups.addMembers.mutate(input),
    next: {
      ...state,
      groups: { ...state.groups, [group]: { description, members: isIn ? [] : [member] } },
    },
  };
}

function createTag({ lane, state, count }: Choice): Operation {
  const slug = `l${lane}-${count}`;
  return {
    run: ({ tags }) => tags.create.mutate({ name: slug, color: "#112233" }),
    next: { ...state, tags: { ...state.tags, [slug]: "#112233" } },
  };
}

function updateTag({ state, random, count, tags: slugs }: Choice): Operation {
  const slug = random.oneOf(slugs);
  const color = `#${(0x100000 + count).toString(16).toUpperCase()}`;
  return {
    run: ({ tags }) => tags.update.mutate({ slug, color }),
    next: { ...state, tags: { ...state.tags, [slug]: color } },
  };
}

function deleteTag({ state, random, tags: slugs }: Choice): Operation {
  const slug = random.oneOf(slugs);
  return {
    run: ({ tags }) => tags.delete.mutate({ slug }),
    next: {
      ...state,
      tags: without(state.tags, slug),
      carried: state.carried.filter((carried) => carried !== slug),
    },
  };
}

function toggleTag({ lane, state, random, tags: slugs }: Choice): Operation {
  const slug = random.oneOf(slugs);
  const isOn = state.carried.includes(slug);
  const id = `skill:${artifactOf(lane)}`;
  return {
    run: ({ artifacts }) =>
      artifacts.setTags.mutate(isOn ? { id, remove: [slug] } : { id, add: [slug] }),
    next: {
      ...state,
      carried: isOn
        ? state.carried.filter((carried) => carried !== slug)
        : [...state.carried, slug],
    },
  };
}

/** A state as a text that two can be compared by. */
export function textOf({ groups, tags, carried }: LaneState): string {
  const sorted = (record: object) => Object.entries(record).toSorted();
  return JSON.stringify([sorted(groups), sorted(tags), carried.toSorted()]);
}

/** The states of all lanes as a home shows them, and the names of the groups that are no lane's. */
export async function readLanes(
  client: SkillmeatClient,
  lanes: number,
): Promise<{ states: LaneState[]; others: string[] }> {
  const [groups, tags, artifacts] = await Promise.all([
    client.groups.list.query({}),
    client.tags.list.query({}),
    client.artifacts.list.query({ limit: 1000 }),
  ]);
  const states = Array.from({ length: lanes }, (_, lane) => ({
    groups: Object.fromEntries(
      groups.items
        .filter(({ name }) => name.startsWith(`L${lane} `))
        .map(({ name, description, members }) => [
          name,
          { description, members: members.map(({ ref }) => ref) },
        ]),
    ),
    tags: Object.fromEntries(
      tags.items
        .filter(({ slug, defined }) => defined && slug.startsWith(`l${lane}-`))
        .map(({ slug, color }) => [slug, color]),
    ),
    carried: artifacts.items.find(({ name }) => name === artifactOf(lane))?.tags ?? [],
  }));
  const others = groups.items.map(({ name }) => name).filter((name) => !/^L\d /.test(name));
  return { states, others };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
