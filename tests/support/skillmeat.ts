import type { SkillmeatClient } from "@skillmeat/client";
import { connect } from "@skillmeat/client/node";
import type { Artifact, CollectionStatus, Group, Tag } from "@skillmeat/core/schema";
import { parse } from "smol-toml";
import { expect } from "vitest";
import { run, type CliOptions, type CliResult } from "./cli.ts";
import { fieldOf } from "./json.ts";
import type { TestHome } from "./home.ts";
import { ensureServer } from "./through-server.ts";

/** How a command was refused. */
export interface Refusal {
  readonly exitCode: number | null;
  readonly code: unknown;
  readonly message: unknown;
  readonly hint: unknown;
}

/** What a person curated, as `group list --json` and `tag list --json` say it, without the groups' ids. */
export interface Curation {
  readonly groups: readonly Omit<Group, "id">[];
  readonly tags: readonly Tag[];
}

/**
 * The command line on one collection, as a person uses it. What is only looked at is asked for in this
 * process, which is one more on that home, and spares the start of a command.
 */
export interface Skillmeat {
  readonly home: TestHome;
  run(...args: string[]): Promise<CliResult>;
  /** The reply of a command that must succeed. */
  ask(...args: string[]): Promise<unknown>;
  /** The reply of a mutation that must be saved. */
  save(...args: string[]): Promise<unknown>;
  /** The error of a command that must be refused, in the one JSON document that it prints. */
  refuse(...args: string[]): Promise<Refusal>;
  groups(): Promise<Group[]>;
  groupNames(): Promise<string[]>;
  /** The references of a group's members, in their order. */
  members(group: string): Promise<string[]>;
  tags(): Promise<Tag[]>;
  artifacts(): Promise<Artifact[]>;
  curation(): Promise<Curation>;
  status(): Promise<CollectionStatus>;
  /** A section of the manifest, as another TOML parser reads it. */
  section(name: "collection" | "artifacts" | "groups" | "tag_definitions"): unknown;
}

/**
 * Gives the command line on a collection of a home.
 * @param collection its folder's name; where it is left out commands name none
 */
export function createSkillmeat(
  home: TestHome,
  collection?: string,
  options: CliOptions = {},
): Skillmeat {
  const named = collection === undefined ? [] : ["--collection", collection];
  const start = (args: readonly string[]) => run(home, [...args, ...named], options);
  const input = collection === undefined ? {} : { collection };
  async function look<T>(ask: (client: SkillmeatClient) => Promise<T>): Promise<T> {
    if (options.prefix !== undefined) throw new Error("This process is not run by the prefix");
    await ensureServer(home);
    const { client, close } = await connect({ home: home.root });
    try {
      return await ask(client);
    } finally {
      await close();
    }
  }

  const skillmeat: Skillmeat = {
    home,
    run: (...args) => start(args),
    async ask(...args) {
      const result = await start([...args, "--json"]);
      expect(result.code, `skillmeat ${args.join(" ")}: ${result.stdout}${result.stderr}`).toBe(0);
      return result.json();
    },
    async save(...args) {
      const reply = await skillmeat.ask(...args);
      expect(reply, `skillmeat ${args.join(" ")}`).toMatchObject({ saved: true, reason: null });
      return reply;
    },
    async refuse(...args) {
      const result = await start([...args, "--json"]);
      const error = fieldOf(result.json(), "error");
      return {
        exitCode: result.code,
        code: fieldOf(error, "code"),
        message: fieldOf(error, "message"),
        hint: fieldOf(error, "hint"),
      };
    },
    groups: async () => (await look(({ groups }) => groups.list.query(input))).items,
    groupNames: async () => (await skillmeat.groups()).map(({ name }) => name),
    async members(group) {
      const { members } = await look(({ groups }) => groups.get.query({ ...input, group }));
      return members.map(({ ref }) => ref);
    },
    tags: async () => (await look(({ tags }) => tags.list.query(input))).items,
    async artifacts() {
      const list = await look(({ artifacts }) => artifacts.list.query({ ...input, limit: 1_000 }));
      expect(list.nextCursor).toBeNull();
      return list.items;
    },
    async curation() {
      const [groups, tags] = await Promise.all([skillmeat.groups(), skillmeat.tags()]);
      return { groups: groups.map(withoutId), tags };
    },
    async status() {
      const { collections } = await look(({ sync }) => sync.status.query(input));
      const own = collections.find(({ name }) => name === (collection ?? "default"));
      if (own === undefined) throw new Error("The collection has no status");
      return own;
    },
    section: (name) => parse(home.manifest(collection))[name],
  };
  return skillmeat;
}

/** A group without its id, which is a new one after every recovery. */
export function withoutId(group: Group): Omit<Group, "id"> {
  const { id: _, ...rest } = group;
  return rest;
}
