import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Cache } from "../../../cache/open.ts";
import { isCacheLost } from "../../../cache/unusable.ts";
import { openHome, type Home } from "../../../home.ts";
import { fingerprintOf } from "../../../manifest/store/read-file.ts";
import { listArtifacts } from "../../../operations/artifacts.ts";
import { listGroups } from "../../../operations/groups.ts";
import { listTags } from "../../../operations/tags.ts";
import type { CollectionStatus, WriteOutcome } from "../../../schema/sync.ts";
import { createWriteThrough } from "../../write-through.ts";
import type { Mutation } from "./mutations.ts";
import { runMutation } from "./run-mutation.ts";
import { ARTIFACTS, IN_FRONTMATTER, type Slot } from "./state.ts";

const collection = "default";

/** A real home, and the processes that have it open; each opens it when it is first used. */
export interface World {
  readonly isOpen: (slot: Slot) => boolean;
  status(slot: Slot): Promise<CollectionStatus>;
  list(slot: Slot): Promise<Listing>;
  /** Commits a mutation without writing it; false where it is refused. */
  commit(slot: Slot, mutation: Mutation): Promise<boolean>;
  home(slot: Slot): Promise<Home>;
  sync(slot: Slot): Promise<WriteOutcome>;
  close(slot: Slot): Promise<void>;
  /** As a crash: nothing is closed, nobody comes back to it. */
  abandon(slot: Slot): void;
  /**
   * Writes what is unsaved, and crashes when the manifest is swapped and before that is recorded; another
   * process, which looked at the file before, commits a mutation in between.
   * @returns whether there was anything to swap, and whether the mutation was not refused
   */
  crashAfterSwap(
    slot: Slot,
    other: Slot,
    mutation: Mutation,
  ): Promise<{ isSwapped: boolean; isSecondDone: boolean }>;
  read(): string | null;
  /** Replaces the manifest as an editor or git does. */
  save(text: string): void;
  deleteManifest(): void;
  moveFolder(to: "away" | "back"): void;
  deleteCache(): void;
  /** Cuts the cache's file short, within its first page, or overwrites that. */
  breakCache(how: "cut" | "emptied" | "overwritten"): void;
  backups(): string[];
  end(): Promise<void>;
}

/** What the cache shows. */
export interface Listing {
  readonly groups: Awaited<ReturnType<typeof listGroups>>["items"];
  readonly tags: Awaited<ReturnType<typeof listTags>>["items"];
  readonly artifacts: Awaited<ReturnType<typeof listArtifacts>>["items"];
}

const TRIES = 4;

/** Makes a home whose collection `default` has this manifest, and the files of its artifacts. */
export function newWorld(text: string): World {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-model-"));
  const folder = join(root, "collections", collection);
  const manifest = join(folder, "collection.toml");
  const cacheFile = join(root, "cache", "cache.db");
  const files = { "command:review": "commands/review.md", "mcp:fs": "mcp/fs.json" };
  for (const artifact of ARTIFACTS) {
    const path = Reflect.get(files, artifact) ?? `skills/${artifact.slice(6)}/SKILL.md`;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const isTagged = artifact === "skill:pdf";
    writeFileSync(join(folder, path), isTagged ? `---\ntags: [${IN_FRONTMATTER}]\n---\n` : "{}");
  }
  writeFileSync(manifest, text);

  const homes = new Map<Slot, Home>();
  const abandoned: Home[] = [];
  async function home(slot: Slot): Promise<Home> {
    const open = homes.get(slot) ?? (await openHome({ root }));
    homes.set(slot, open);
    return open;
  }
  function abandon(slot: Slot): void {
    const open = homes.get(slot);
    if (open !== undefined) abandoned.push(open);
    homes.delete(slot);
  }
  return {
    isOpen: (slot) => homes.has(slot),
    home,
    async status(slot) {
      const { collections } = await (await home(slot)).sync.status(collection);
      const [status] = collections;
      if (status === undefined) throw new Error("There is no status");
      return status;
    },
    async list(slot) {
      return (await home(slot)).read(async (cache) => ({
        groups: (await listGroups(cache, { collection })).items,
        tags: (await listTags(cache, { collection })).items,
        artifacts: (await listArtifacts(cache, { collection, limit: 100 })).items,
      }));
    },
    async commit(slot, mutation) {
      const open = await home(slot);
      for (let tries = 1; ; tries += 1) {
        const { cache } = open;
        try {
          await open.sync.ready(collection);
          return await runMutation(cache, mutation);
        } catch (error) {
          if (tries === TRIES || !isCacheLost(error)) throw error;
          await open.heal(cache);
        }
      }
    },
    async sync(slot) {
      return (await home(slot)).sync.syncCollection(collection);
    },
    async close(slot) {
      await homes.get(slot)?.close();
      homes.delete(slot);
    },
    abandon,
    async crashAfterSwap(slot, other, mutation) {
      const { cache } = await home(slot);
      const { cache: same } = await home(other);
      const before = fingerprintOf(manifest);
      const isSwapped = () => fingerprintOf(manifest) !== before;
      let isSecondDone: boolean | null = null;
      const transaction: Cache["transaction"] = async (work) => {
        if (!isSwapped()) return cache.transaction(work);
        isSecondDone ??= await runMutation(same, mutation);
        throw new Error("crashed");
      };
      const doomed = createWriteThrough({ ...cache, transaction });
      await doomed.cover(collection);
      await doomed.settle();
      abandon(slot);
      return { isSwapped: isSwapped(), isSecondDone: isSecondDone ?? false };
    },
    read() {
      try {
        return readFileSync(manifest, "utf8");
      } catch {
        return null;
      }
    },
    save(next) {
      writeFileSync(`${manifest}.edited`, next);
      renameSync(`${manifest}.edited`, manifest);
    },
    deleteManifest: () => unlinkSync(manifest),
    moveFolder(to) {
      const away = join(root, "elsewhere");
      if (to === "away") renameSync(folder, away);
      else renameSync(away, folder);
    },
    deleteCache: () => rmSync(dirname(cacheFile), { recursive: true, force: true }),
    breakCache(how) {
      if (how !== "overwritten") truncateSync(cacheFile, how === "cut" ? 1000 : 0);
      else overwrite(cacheFile);
    },
    backups() {
      const backups = join(root, "backups", collection);
      if (!existsSync(backups)) return [];
      return readdirSync(backups).map((name) => readFileSync(join(backups, name), "utf8"));
    },
    async end() {
      for (const open of homes.values()) await open.close();
      for (const { cache } of abandoned) await cache.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function overwrite(file: string): void {
  const open = openSync(file, "r+");
  writeSync(open, Buffer.alloc(4096, "not a database "), 0, 4096, 0);
  closeSync(open);
}
