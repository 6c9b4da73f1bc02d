import type { SkillmeatClient } from "@skillmeat/client";
import { connect } from "@skillmeat/client/node";
import { parse } from "smol-toml";
import { fieldOf } from "../../../support/json.ts";
import type { TestHome } from "../../../support/home.ts";
import { ownArtifact, SHARED, type Lane, type LaneState } from "./lane.ts";

/** What somebody sees of the collection: all that lanes can have made. */
export interface Seen {
  readonly groups: LaneState["groups"];
  readonly tags: LaneState["tags"];
  /** The slugs of each artifact's tags, by its name. */
  readonly artifacts: ReadonlyMap<string, readonly string[]>;
}

/** What the manifest says, as another reader of TOML reads it. */
export function seenInFile(manifest: string): Seen {
  const document = parse(manifest);
  const tags = rowsOf(document, "tag_definitions").map((row) => ({
    slug: textOf(row, "slug"),
    name: textOf(row, "name"),
    color: textOf(row, "color"),
  }));
  const slugOf = new Map(tags.map(({ name, slug }) => [name.toLowerCase(), slug]));
  const groups = rowsOf(document, "groups").map((row, at) => ({ row, at: positionOf(row) ?? at }));
  return {
    tags,
    groups: groups
      .toSorted((a, b) => a.at - b.at)
      .map(({ row }) => ({
        name: textOf(row, "name"),
        description: textOf(row, "description"),
        color: textOf(row, "color"),
        members: textsOf(row, "members"),
      })),
    artifacts: new Map(
      rowsOf(document, "artifacts").map((row) => [
        textOf(row, "name"),
        textsOf(row, "tags").map((word) => slugOf.get(word.toLowerCase()) ?? word),
      ]),
    ),
  };
}

/** What a home says of the collection. */
export async function seenOver({ artifacts, groups, tags }: SkillmeatClient): Promise<Seen> {
  const [all, defined, found] = await Promise.all([
    groups.list.query({}),
    tags.list.query({}),
    artifacts.list.query({ limit: 1000 }),
  ]);
  return {
    groups: all.items.map(({ name, description, color, members }) => {
      return { name, description, color, members: members.map(({ ref }) => ref) };
    }),
    tags: defined.items.map(({ slug, name, color }) => ({ slug, name, color })),
    artifacts: new Map(found.items.map((artifact) => [artifact.name, artifact.tags])),
  };
}

/** What a process sees that opens the home now; after the cache was deleted, the recovery. */
export async function seenAnew(home: TestHome): Promise<Seen> {
  const { client, close } = await connect({ home: home.root, embedded: true });
  try {
    return await seenOver(client);
  } finally {
    await close();
  }
}

/**
 * What is not as the lanes left it.
 * @param isOrdered whether the order of groups and of definitions has to be the lanes' own, too
 * @returns a sentence each
 */
export function findLost(seen: Seen, lanes: readonly Lane[], isOrdered: boolean): string[] {
  const order = <T>(items: readonly T[], nameOf: (item: T) => string): T[] =>
    isOrdered ? [...items] : items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return lanes.flatMap(({ number, state }) => {
    const shared = seen.groups.find(({ name }) => name === SHARED)?.members ?? [];
    const pairs: [string, unknown, unknown][] = [
      [
        "groups",
        order(
          seen.groups.filter(({ name }) => name.startsWith(`Lane ${number} `)),
          ({ name }) => name,
        ),
        order(state.groups, ({ name }) => name).map(({ name, description, color, members }) => {
          return { name, description, color, members };
        }),
      ],
      [
        "tags",
        order(
          seen.tags.filter(({ slug }) => slug.startsWith(`tag-${number}-`)),
          ({ slug }) => slug,
        ),
        order(state.tags, ({ slug }) => slug).map(({ slug, name, color }) => {
          return { slug, name, color };
        }),
      ],
      [
        "tags of its artifact",
        (seen.artifacts.get(ownArtifact(number)) ?? []).toSorted(),
        state.carried.toSorted(),
      ],
      [
        "artifacts",
        [...seen.artifacts.keys()].filter((name) => name.startsWith(`added-${number}-`)).toSorted(),
        state.artifacts.toSorted(),
      ],
      [
        "members of the shared group",
        shared.filter((ref) => ref.startsWith(`member-${number}-`)).toSorted(),
        state.shared.toSorted(),
      ],
    ];
    return pairs
      .map(([what, actual, wanted]) => [what, JSON.stringify(actual), JSON.stringify(wanted)])
      .filter(([, actual, wanted]) => actual !== wanted)
      .map(([what, actual, wanted]) => `lane ${number}, ${what}: ${actual} and not ${wanted}`);
  });
}

function rowsOf(document: unknown, section: string): unknown[] {
  const rows = fieldOf(document, section);
  return Array.isArray(rows) ? rows : [];
}

function textOf(row: unknown, name: string): string {
  const value = fieldOf(row, name);
  return typeof value === "string" ? value : "";
}

function textsOf(row: unknown, name: string): string[] {
  const value = fieldOf(row, name);
  return Array.isArray(value) ? value.map(String) : [];
}

function positionOf(row: unknown): number | null {
  const value = fieldOf(row, "position");
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}
