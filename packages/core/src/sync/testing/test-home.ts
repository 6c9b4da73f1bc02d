import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { openHome, type Home } from "../../home.ts";
import { listArtifacts } from "../../operations/artifacts.ts";
import { createGroup, listGroups } from "../../operations/groups.ts";
import { listTags } from "../../operations/tags.ts";
import type { CollectionStatus, WriteOutcome } from "../../schema/sync.ts";

/** A home in a temporary folder, with its collection `default` at hand. */
export interface TestHome {
  readonly root: string;
  readonly folder: string;
  readonly manifest: string;
  home: Home;
  /** The manifest's text. */
  read(): string;
  /** Writes the manifest as an editor would, in place. */
  write(text: string): void;
  /** Puts a file into the collection's folder. */
  put(path: string, text: string): void;
  /** Closes the home and opens it again, as another process would. */
  reopen(options?: { withoutCache: boolean }): Promise<void>;
  status(): Promise<CollectionStatus>;
  /** Creates a group and writes it through. */
  addGroup(name: string, members?: string[]): Promise<WriteOutcome>;
  groupNames(): Promise<string[]>;
  /** All that a person curated, without ids. */
  curation(): Promise<unknown>;
  backups(): string[];
}

/** Opens a home whose collection `default` has this manifest; none is made where it is null. */
export async function openTestHome(manifestText: string | null): Promise<TestHome> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-sync-"));
  const folder = join(root, "collections", "default");
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, "collection.toml");
  if (manifestText !== null) writeFileSync(manifest, manifestText);
  const collection = "default";
  const test: TestHome = {
    root,
    folder,
    manifest,
    home: await openHome({ root }),
    read: () => readFileSync(manifest, "utf8"),
    write: (text) => writeFileSync(manifest, text),
    put(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    async reopen(options = { withoutCache: false }) {
      await test.home.close();
      if (options.withoutCache) rmSync(join(root, "cache"), { recursive: true });
      test.home = await openHome({ root });
    },
    async status() {
      const { collections } = await test.home.sync.status(collection);
      const [status] = collections;
      if (status === undefined) throw new Error("There is no status");
      return status;
    },
    async addGroup(name, members = []) {
      await test.home.sync.ready(collection);
      const empty = { description: "", color: "", icon: "" };
      await createGroup(test.home.cache, { collection, name, ...empty, members });
      return test.home.sync.syncGroups(collection);
    },
    async groupNames() {
      await test.home.sync.ready(collection);
      const { items } = await listGroups(test.home.cache, { collection });
      return items.map((group) => group.name);
    },
    async curation() {
      await test.home.sync.ready(collection);
      const { cache } = test.home;
      const groups = await listGroups(cache, { collection });
      const tags = await listTags(cache, { collection });
      const artifacts = await listArtifacts(cache, { collection, limit: 1000 });
      return {
        groups: groups.items.map((group) => ({ ...group, id: "" })),
        tags: tags.items,
        artifacts: artifacts.items,
      };
    },
    backups() {
      const backups = join(root, "backups", "default");
      try {
        return readdirSync(backups).map((name) => readFileSync(join(backups, name), "utf8"));
      } catch {
        return [];
      }
    },
  };
  onTestFinished(async () => {
    await test.home.close();
    rmSync(root, { recursive: true, force: true });
  });
  return test;
}

/** A `[[groups]]` row. */
export function groupRow(name: string, ...members: string[]): string {
  return `\n[[groups]]\nname = "${name}"\nmembers = ${JSON.stringify(members)}\n`;
}

export const HEAD = `[collection]
name = "Mine"
version = "1.0.0"
created = "2026-01-01T00:00:00"
updated = "2026-01-01T00:00:00"
`;
