import { expectTypeOf, test } from "vitest";
import type { ErrorCode, RouterInputs, RouterOutputs, SkillmeatClientError } from "./index.ts";

// The contract that other programs rely on, in plain types of its own: a change of a schema or of a
// procedure that would break or mislead them fails `tsc -p tsconfig.check.json` here.

interface Saved {
  saved: boolean;
  reason: string | null;
}

interface List<T> {
  items: T[];
  nextCursor: string | null;
}

interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}

interface Collection {
  name: string;
  displayName: string;
  path: string;
  manifest: string;
  artifacts: number;
  groups: number;
  tags: number;
}

interface Artifact {
  id: string;
  type: string;
  name: string;
  title: string;
  description: string;
  tags: string[];
  groups: string[];
  path: string;
  missing: boolean;
}

interface Group {
  id: string;
  collection: string;
  name: string;
  description: string;
  color: string;
  icon: string;
  position: number;
  members: { ref: string; artifactId: string | null }[];
}

interface Tag {
  slug: string;
  name: string;
  color: string;
  description: string;
  defined: boolean;
  artifactCount: number;
}

type Skipped =
  | "cache-authoritative"
  | "nothing-in-manifest"
  | "manifest-unreadable"
  | "manifest-missing"
  | null;

interface Status {
  collections: {
    name: string;
    state: "missing" | "unreadable" | "pending" | "drifted" | "clean";
    reason: string | null;
    unsaved: number;
    dirtyRev: number;
    writtenRev: number;
    manifest: string;
    updatedAt: string | null;
    pendingSince: string | null;
    nextTry: string | null;
    unresolvedMembers: { group: string; ref: string }[];
    problems: Problem[];
  }[];
}

interface Refreshed {
  collections: {
    name: string;
    artifacts: { found: number; added: number; removed: number };
    tags: { recovered: number; skipped: Skipped };
    groups: { recovered: number; skipped: Skipped };
    members: { resolved: number; unresolved: number };
    problems: Problem[];
  }[];
}

/** Every call on one collection names it, or means `default`. */
interface InCollection {
  collection?: string | undefined;
}

interface InGroup extends InCollection {
  group: string;
}

/** A type by its fields alone: an intersection is one object, and `readonly` is no one's concern. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;

type Inputs<Noun extends keyof RouterInputs> = Plain<RouterInputs[Noun]>;
type Outputs<Noun extends keyof RouterOutputs> = Plain<RouterOutputs[Noun]>;

test("every noun is here", () => {
  expectTypeOf<keyof RouterInputs>().toEqualTypeOf<
    "artifacts" | "cache" | "collections" | "groups" | "sync" | "system" | "tags"
  >();
});

test("collections", () => {
  expectTypeOf<Inputs<"collections">>().toEqualTypeOf<
    Plain<{
      list: void;
      get: InCollection;
      create: { name: string; displayName?: string | undefined };
      import: { path: string; name?: string | undefined };
      update: InCollection & { displayName: string };
      delete: { collection: string; force?: boolean | undefined };
    }>
  >();
  expectTypeOf<Outputs<"collections">>().toEqualTypeOf<
    Plain<{
      list: { items: Collection[]; nextCursor: null };
      get: Collection;
      create: Saved & { collection: Collection };
      import: Saved & { collection: Collection };
      update: Saved & { collection: Collection };
      delete: Saved & { collection: Collection; trash: string | null };
    }>
  >();
});

test("artifacts", () => {
  expectTypeOf<Inputs<"artifacts">>().toEqualTypeOf<
    Plain<{
      list: InCollection & {
        type?: string | undefined;
        tag?: string | undefined;
        group?: string | undefined;
        ungrouped?: boolean | undefined;
        sort?: "name" | "type" | undefined;
        search?: string | undefined;
        limit?: number | undefined;
        cursor?: string | undefined;
      };
      get: InCollection & { id: string };
      add: InCollection & {
        paths: string[];
        type?: "skill" | "command" | "agent" | "hook" | "mcp" | "workflow" | undefined;
        name?: string | undefined;
        dryRun?: boolean | undefined;
      };
      remove: InCollection & { id: string };
      setTags: InCollection & {
        id: string;
        add?: string[] | undefined;
        remove?: string[] | undefined;
      };
    }>
  >();
  expectTypeOf<Outputs<"artifacts">>().toEqualTypeOf<
    Plain<{
      list: List<Artifact>;
      get: Artifact;
      add: Saved & {
        artifacts: Artifact[];
        found: { id: string; from: string }[];
        skipped: { from: string; reason: string }[];
      };
      remove: Saved & { artifact: Artifact; trash: string | null };
      setTags: Saved & { artifact: Artifact };
    }>
  >();
});

test("groups", () => {
  expectTypeOf<Inputs<"groups">>().toEqualTypeOf<
    Plain<{
      list: InCollection;
      get: InGroup;
      create: InCollection & {
        name: string;
        description?: string | undefined;
        color?: string | undefined;
        icon?: string | undefined;
        position?: number | undefined;
        members?: string[] | undefined;
      };
      update: InGroup & {
        name?: string | undefined;
        description?: string | undefined;
        color?: string | undefined;
        icon?: string | undefined;
        position?: number | undefined;
      };
      delete: InGroup;
      copy: InGroup & { to: string; as?: string | undefined };
      reorder: InCollection & { groups: string[] };
      addMembers: InGroup & { members: string[]; at?: number | undefined };
      removeMembers: InGroup & { members: string[] };
      reorderMembers: InGroup & { members: string[] };
    }>
  >();
  expectTypeOf<Outputs<"groups">>().toEqualTypeOf<
    Plain<{
      list: List<Group>;
      get: Group;
      create: Saved & { group: Group };
      update: Saved & { group: Group };
      delete: Saved & { group: Group };
      copy: Saved & { group: Group };
      reorder: Saved & { groups: Group[] };
      addMembers: Saved & { group: Group };
      removeMembers: Saved & { group: Group };
      reorderMembers: Saved & { group: Group };
    }>
  >();
});

test("tags", () => {
  expectTypeOf<Inputs<"tags">>().toEqualTypeOf<
    Plain<{
      list: InCollection;
      get: InCollection & { slug: string };
      create: InCollection & {
        name: string;
        slug?: string | undefined;
        color?: string | undefined;
        description?: string | undefined;
      };
      update: InCollection & {
        slug: string;
        name?: string | undefined;
        newSlug?: string | undefined;
        color?: string | undefined;
        description?: string | undefined;
      };
      delete: InCollection & { slug: string };
    }>
  >();
  expectTypeOf<Outputs<"tags">>().toEqualTypeOf<
    Plain<{
      list: List<Tag>;
      get: Tag;
      create: Saved & { tag: Tag };
      update: Saved & { tag: Tag };
      delete: Saved & { tag: Tag; stillCarriedBy: number };
    }>
  >();
});

test("cache, sync and system", () => {
  expectTypeOf<Inputs<"cache">>().toEqualTypeOf<
    Plain<{
      refresh: InCollection | undefined | void;
      reset: { force?: boolean | undefined } | undefined | void;
      status: InCollection | undefined | void;
    }>
  >();
  expectTypeOf<Outputs<"cache">>().toEqualTypeOf<
    Plain<{ refresh: Refreshed; reset: Refreshed; status: Status }>
  >();
  expectTypeOf<Inputs<"sync">>().toEqualTypeOf<
    Plain<{ status: InCollection | undefined | void; flush: InCollection | undefined | void }>
  >();
  expectTypeOf<Outputs<"sync">>().toEqualTypeOf<
    Plain<{ status: Status; flush: { collections: (Saved & { name: string })[] } }>
  >();
  expectTypeOf<Inputs<"system">>().toEqualTypeOf<{ health: void }>();
  expectTypeOf<Outputs<"system">>().toEqualTypeOf<{
    health: { ok: boolean; home: string; pid: number };
  }>();
});

test("the reasons of errors", () => {
  expectTypeOf<SkillmeatClientError["data"]["reason"]>().toEqualTypeOf<ErrorCode>();
  expectTypeOf<SkillmeatClientError["data"]["hint"]>().toEqualTypeOf<string>();
  expectTypeOf<ErrorCode>().toEqualTypeOf<
    | "invalid-input"
    | "not-found"
    | "conflict"
    | "manifest-unreadable"
    | "manifest-missing"
    | "not-saved"
    | "unsaved-changes"
    | "foreign-cache"
    | "cache-unusable"
    | "refused"
    | "unreachable"
    | "unsupported-node"
    | "internal"
  >();
});
