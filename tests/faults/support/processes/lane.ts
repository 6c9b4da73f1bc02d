import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { groupRow, HEAD, skill } from "../../../support/texts.ts";
import type { TestHome } from "../../../support/home.ts";
import type { Random } from "../random.ts";
import type { Mutation } from "./mutations.ts";

/** The group that all lanes put members into, each its own. */
export const SHARED = "Shared";

/** More than this of a kind, and a lane takes some away before it makes new ones. */
const MOST = 8;

/** What of a collection belongs to one lane; no other changes it, so that what must be there is known. */
export interface LaneState {
  /** In their order. */
  groups: { name: string; description: string; color: string; members: string[] }[];
  tags: { slug: string; name: string; color: string }[];
  /** The tags of the lane's own artifact. */
  carried: string[];
  /** Artifacts beside that one, by name. */
  artifacts: string[];
  /** The lane's members of the shared group. */
  shared: string[];
}

/** One who mutates the collection, one mutation after the other, and beside others. */
export interface Lane {
  readonly number: number;
  /** What was acknowledged so far amounts to this. */
  readonly state: LaneState;
  /** A mutation that is possible now, of any kind. */
  choose(random: Random): Mutation;
  /** Takes note of a mutation that was done. */
  apply(mutation: Mutation): void;
}

/** Makes the collection that some lanes work on. */
export function writeLanes(home: TestHome, lanes: number): void {
  const own = Array.from({ length: lanes }, (_, lane) => ownArtifact(lane));
  const files = own.map((name) => [`skills/${name}/SKILL.md`, skill()]);
  home.writeCollection(HEAD + groupRow(SHARED), Object.fromEntries(files));
  home.write("inbox/about.txt", "What is added to the collection while the lanes run");
}

/** The artifact that a lane tags. */
export function ownArtifact(lane: number): string {
  return `own-${lane}`;
}

/**
 * Makes a lane that has done nothing yet.
 * @param inbox where it makes the artifacts that it adds
 */
export function createLane(number: number, inbox: string): Lane {
  const state: LaneState = { groups: [], tags: [], carried: [], artifacts: [], shared: [] };
  let count = 0;

  function choose(random: Random): Mutation {
    count += 1;
    return random.oneOf(choices(random));
  }

  function choices(random: Random): Mutation[] {
    return [
      ...groupChoices(random),
      ...memberChoices(random),
      ...tagChoices(random),
      ...artifactChoices(random),
      { kind: "collection update", displayName: `By ${number}, the ${count}th` },
    ];
  }

  function groupChoices(random: Random): Mutation[] {
    const { groups } = state;
    const name = `Lane ${number} group ${count}`;
    const description = `The ${count}th`;
    const create: Mutation = { kind: "group create", name, description, members: [member(0)] };
    if (groups.length === 0) return [create];
    const group = random.oneOf(groups).name;
    const remove: Mutation = { kind: "group delete", group };
    if (groups.length >= MOST) return [remove];
    const order = groups.map((one) => one.name).toSorted(() => random.below(3) - 1);
    return [
      create,
      ...(groups.length > 3 ? [remove] : []),
      { kind: "group copy", group, name },
      { kind: "group update", group, name, description, color: colorOf(random) },
      { kind: "group reorder", groups: order },
    ];
  }

  function memberChoices(random: Random): Mutation[] {
    const { groups, shared } = state;
    const possible: Mutation[] =
      shared.length < MOST
        ? [{ kind: "group add", group: SHARED, member: member(count), at: 0 }]
        : [{ kind: "group remove", group: SHARED, member: random.oneOf(shared) }];
    if (groups.length === 0) return possible;
    const { name: group, members } = random.oneOf(groups);
    if (members.length < MOST) {
      const at = random.below(members.length + 1);
      possible.push({ kind: "group add", group, member: member(count), at });
    }
    if (members.length > 1) {
      possible.push({ kind: "group remove", group, member: random.oneOf(members) });
      possible.push({ kind: "group order", group, members: members.toReversed() });
    }
    return possible;
  }

  function tagChoices(random: Random): Mutation[] {
    const { tags, carried } = state;
    const name = `Tag ${number} ${count}`;
    const slug = `tag-${number}-${count}`;
    const create: Mutation = { kind: "tag create", name, slug, color: colorOf(random) };
    if (tags.length === 0) return [create];
    const { slug: known } = random.oneOf(tags);
    const remove: Mutation = { kind: "tag delete", slug: known };
    if (tags.length >= MOST) return [remove];
    const id = `skill:${ownArtifact(number)}`;
    return [
      create,
      ...(tags.length > 3 ? [remove] : []),
      { kind: "tag update", slug: known, name, color: colorOf(random) },
      carried.includes(known)
        ? { kind: "artifact untag", id, slug: known }
        : { kind: "artifact tag", id, slug: known },
    ];
  }

  function artifactChoices(random: Random): Mutation[] {
    const { artifacts } = state;
    if (artifacts.length >= 3) {
      return [{ kind: "artifact remove", id: `skill:${random.oneOf(artifacts)}` }];
    }
    const name = `added-${number}-${count}`;
    const path = join(inbox, name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "SKILL.md"), skill());
    return [{ kind: "artifact add", path, name }];
  }

  function member(which: number): string {
    return which === 0 ? ownArtifact(number) : `member-${number}-${which}`;
  }

  return { number, state, choose, apply: (mutation) => apply(state, mutation) };
}

function colorOf(random: Random): string {
  return `#${random.below(0x1000000).toString(16).padStart(6, "0").toUpperCase()}`;
}

function apply(state: LaneState, mutation: Mutation): void {
  switch (mutation.kind) {
    case "group create":
      state.groups.push({ ...mutation, color: "" });
      return;
    case "group update":
      Object.assign(groupOf(state, mutation.group), {
        name: mutation.name,
        description: mutation.description,
        color: mutation.color,
      });
      return;
    case "group delete":
      state.groups = state.groups.filter(({ name }) => name !== mutation.group);
      return;
    case "group copy": {
      const original = groupOf(state, mutation.group);
      state.groups.push({ ...original, name: mutation.name, members: [...original.members] });
      return;
    }
    case "group reorder":
      state.groups = mutation.groups.map((name) => groupOf(state, name));
      return;
    case "group add":
      membersOf(state, mutation.group).splice(mutation.at, 0, mutation.member);
      return;
    case "group remove": {
      const members = membersOf(state, mutation.group);
      members.splice(members.indexOf(mutation.member), 1);
      return;
    }
    case "group order":
      groupOf(state, mutation.group).members = mutation.members;
      return;
    case "tag create":
      state.tags.push(mutation);
      return;
    case "tag update":
      Object.assign(tagOf(state, mutation.slug), { name: mutation.name, color: mutation.color });
      return;
    case "tag delete":
      state.tags = state.tags.filter(({ slug }) => slug !== mutation.slug);
      state.carried = state.carried.filter((slug) => slug !== mutation.slug);
      return;
    case "artifact tag":
      state.carried.push(mutation.slug);
      return;
    case "artifact untag":
      state.carried = state.carried.filter((slug) => slug !== mutation.slug);
      return;
    case "artifact add":
      state.artifacts.push(mutation.name);
      return;
    case "artifact remove":
      state.artifacts = state.artifacts.filter((name) => `skill:${name}` !== mutation.id);
      return;
    case "collection update":
      return;
  }
}

function groupOf(state: LaneState, name: string): LaneState["groups"][number] {
  const group = state.groups.find((one) => one.name === name);
  if (group === undefined) throw new Error(`The lane has no group ${name}`);
  return group;
}

function membersOf(state: LaneState, group: string): string[] {
  return group === SHARED ? state.shared : groupOf(state, group).members;
}

function tagOf(state: LaneState, slug: string): LaneState["tags"][number] {
  const tag = state.tags.find((one) => one.slug === slug);
  if (tag === undefined) throw new Error(`The lane has no tag ${slug}`);
  return tag;
}
