import { expectTypeOf, test } from "vitest";
import type { ErrorCode, RouterInputs, RouterOutputs, SkillmeatClientError } from "./index.ts";

// The contract that other programs rely on, in plain types of its own: a change of a schema or of a
// procedure that would break or mislead them fails `tsc -p tsconfig.check.json` here.

interface Saved {
  saved: boolean;
  reason: string | null;
}

/** What every mutation of a collection replies. */
interface Mutated extends Saved {
  change: number | null;
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
  frame?: string;
}

interface Collection {
  name: string;
  displayName: string;
  path: string;
  manifest: string;
  linked: boolean;
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

interface Change {
  id: number;
  collection: string;
  at: string;
  origin: "call" | "file";
  action: string;
  summary: string;
  touched: {
    kind: "collection" | "group" | "tag" | "artifact";
    id: string;
    name: string;
    change: "added" | "changed" | "removed";
  }[];
  undoes: number | null;
  undoneBy: number | null;
  undoable: boolean;
}

interface InTrash {
  id: string;
  kind: "artifact" | "collection";
  name: string;
  collection: string;
  at: string;
  path: string;
}

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
    losses: number;
    problems: Problem[];
  }[];
}

interface RowChange {
  kind: "group" | "tag" | "artifact";
  name: string;
  change: "added" | "removed" | "changed";
  fields?: Record<string, { cache: string; manifest: string } | ListDifference>;
}

interface ListDifference {
  cache: string[];
  manifest: string[];
  added: string[];
  removed: string[];
  moved: string[];
}

interface Conflict {
  kind: "group" | "tag" | "artifact";
  name: string;
  field: string;
  kept: string;
  lost: string;
}

interface Loss extends Conflict {
  id: number;
  collection: string;
  at: string;
  side: "file" | "cache";
  backup: string | null;
}

interface Synced extends Mutated {
  name: string;
  changes: RowChange[];
  diff: string;
  conflicts: Conflict[];
  backup: string | null;
}

interface Backup {
  id: string;
  collection: string;
  at: string;
  bytes: number;
  path: string;
}

interface Refresh {
  name: string;
  artifacts: { found: number; added: number; removed: number };
  tags: { recovered: number; skipped: Skipped };
  groups: { recovered: number; skipped: Skipped };
  members: { resolved: number; unresolved: number };
  problems: Problem[];
}

interface Arrived extends Mutated {
  collection: Collection;
  report: (Refresh & { unresolvedMembers: { group: string; ref: string }[] }) | null;
}

interface Refreshed {
  collections: Refresh[];
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
    | "artifacts"
    | "backups"
    | "cache"
    | "collections"
    | "events"
    | "groups"
    | "history"
    | "sync"
    | "system"
    | "tags"
    | "trash"
  >();
});

test("collections", () => {
  expectTypeOf<Inputs<"collections">>().toEqualTypeOf<
    Plain<{
      list: void;
      get: InCollection;
      create: { name: string; displayName?: string | undefined };
      import: { path: string; name?: string | undefined };
      link: { path: string; name?: string | undefined };
      update: InCollection & { displayName: string };
      delete: { collection: string; force?: boolean | undefined };
    }>
  >();
  expectTypeOf<Outputs<"collections">>().toEqualTypeOf<
    Plain<{
      list: { items: Collection[]; nextCursor: null };
      get: Collection;
      create: Mutated & { collection: Collection };
      import: Arrived;
      link: Arrived;
      update: Mutated & { collection: Collection };
      delete: Mutated & { collection: Collection; trash: string | null };
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
      content: InCollection & { id: string };
      remove: InCollection & { id: string };
      tagMany: InCollection & {
        ids: string[];
        add?: string[] | undefined;
        remove?: string[] | undefined;
      };
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
      add: Mutated & {
        artifacts: Artifact[];
        found: { id: string; from: string }[];
        skipped: { from: string; reason: string }[];
      };
      remove: Mutated & { artifact: Artifact; trash: string | null };
      content: { file: string; text: string; cut: boolean };
      tagMany: Mutated & { artifacts: Artifact[] };
      setTags: Mutated & { artifact: Artifact };
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
      moveMembers: InGroup & { to: string; members: string[]; at?: number | undefined };
      removeMembers: InGroup & { members: string[] };
      reorderMembers: InGroup & { members: string[] };
    }>
  >();
  expectTypeOf<Outputs<"groups">>().toEqualTypeOf<
    Plain<{
      list: List<Group>;
      get: Group;
      create: Mutated & { group: Group };
      update: Mutated & { group: Group };
      delete: Mutated & { group: Group };
      copy: Mutated & { group: Group };
      reorder: Mutated & { groups: Group[] };
      addMembers: Mutated & { group: Group };
      moveMembers: Mutated & { from: Group; to: Group };
      removeMembers: Mutated & { group: Group };
      reorderMembers: Mutated & { group: Group };
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
      create: Mutated & { tag: Tag };
      update: Mutated & { tag: Tag };
      delete: Mutated & { tag: Tag; stillCarriedBy: number };
    }>
  >();
});

test("events", () => {
  expectTypeOf<Inputs<"events">>().toEqualTypeOf<
    Plain<{
      changes:
        | { collection?: string | undefined; lastEventId?: string | null | undefined }
        | undefined
        | void;
    }>
  >();
  type Sent = RouterOutputs["events"]["changes"] extends AsyncIterable<infer T> ? T : never;
  expectTypeOf<Plain<Sent>>().toEqualTypeOf<
    Plain<{
      id: string;
      data:
        | { type: "reset" }
        | { type: "change"; change: Omit<Change, "undoes" | "undoneBy" | "undoable"> }
        | { type: "state"; status: Status["collections"][number] };
    }>
  >();
});

test("history and trash", () => {
  expectTypeOf<Inputs<"history">>().toEqualTypeOf<
    Plain<{
      list: InCollection & { limit?: number | undefined; cursor?: string | undefined };
      undo: InCollection & { id?: number | undefined };
    }>
  >();
  expectTypeOf<Outputs<"history">>().toEqualTypeOf<
    Plain<{ list: List<Change>; undo: Mutated & { undone: Change } }>
  >();
  expectTypeOf<Inputs<"trash">>().toEqualTypeOf<
    Plain<{
      list: InCollection | undefined | void;
      restore: { id: string; as?: string | undefined };
    }>
  >();
  expectTypeOf<Outputs<"trash">>().toEqualTypeOf<
    Plain<{
      list: { items: InTrash[]; nextCursor: null };
      restore: Mutated & { artifact: Artifact | null; collection: Collection | null };
    }>
  >();
});

test("cache, sync, backups and system", () => {
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
  type Any = InCollection | undefined | void;
  type Tried = (InCollection & { dryRun?: boolean | undefined }) | undefined | void;
  expectTypeOf<Inputs<"sync">>().toEqualTypeOf<
    Plain<{
      status: Any;
      diff: Any;
      flush: Any;
      pull: Tried;
      push: Tried;
      merge: Tried;
      losses: Any;
      resolve: (InCollection & { ids?: number[] | undefined }) | undefined | void;
    }>
  >();
  expectTypeOf<Outputs<"sync">>().toEqualTypeOf<
    Plain<{
      status: Status;
      diff: { collections: { name: string; changes: RowChange[]; problems: Problem[] }[] };
      flush: { collections: (Saved & { name: string })[] };
      pull: { collections: Synced[] };
      push: { collections: Synced[] };
      merge: { collections: Synced[] };
      losses: { items: Loss[] };
      resolve: { resolved: Loss[] };
    }>
  >();
  expectTypeOf<Inputs<"backups">>().toEqualTypeOf<
    Plain<{
      list: InCollection;
      get: InCollection & { id: string };
      restore: InCollection & { id: string };
    }>
  >();
  expectTypeOf<Outputs<"backups">>().toEqualTypeOf<
    Plain<{ list: { items: Backup[] }; get: Backup & { text: string }; restore: Synced }>
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
