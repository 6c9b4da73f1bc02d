import type { BackupGetInput } from "../schema/backup.ts";
import type {
  CollectionDiff,
  CollectionRefresh,
  CollectionStatus,
  CollectionSynced,
  SyncInput,
  WriteOutcome,
} from "../schema/sync.ts";

/** Keeps manifests and cache one. Collections are named by directory, ignoring case. */
export interface ManifestSyncService {
  /**
   * Makes a collection ready for queries and mutations: finds its folder, reads its manifest where
   * that is not the one last seen, and writes what an earlier process left unwritten.
   * @throws SkillmeatError `not-found`
   */
  ready(collection: string): Promise<void>;
  /**
   * Makes every collection ready.
   * @throws SkillmeatError `invalid-input` where the settings cannot be read, so that links are unknown
   */
  readyAll(): Promise<void>;
  /** Makes a fresh cache ready: every collection, and the linked ones as far as the settings tell. */
  recoverAll(): Promise<void>;
  /** Writes all that is unwritten of a collection through to its manifest. */
  syncCollection(collection: string): Promise<WriteOutcome>;
  /** Writes the groups of a collection through to its manifest; all owned sections go together. */
  syncGroups(collection: string): Promise<WriteOutcome>;
  /** Writes the tag definitions of a collection through to its manifest. */
  syncTagDefinitions(collection: string): Promise<WriteOutcome>;
  /** Writes the rows and tags of a collection's artifacts through to its manifest. */
  syncArtifacts(collection: string): Promise<WriteOutcome>;
  /** Writes what is unwritten, of one collection or of all. */
  flush(collection?: string): Promise<{ collections: ({ name: string } & WriteOutcome)[] }>;
  /**
   * Writes what is unwritten and due for another try, and what was unwritten at the last call as well:
   * its process ended before it could write it.
   */
  retryDue(): Promise<void>;
  /** Reads manifests and folders anew, then writes what is unwritten; of one collection or of all. */
  refresh(collection?: string): Promise<{ collections: CollectionRefresh[] }>;
  /**
   * As `refresh` of a collection that came just now: all of it counts as recovered and added, also where
   * another reading, such as the watch's, met it first.
   */
  readNew(collection: string): Promise<{ collections: CollectionRefresh[] }>;
  /**
   * As `refresh` of all, where a process begins to work: a manifest that is the one last seen is not read again
   * where the folders hold nothing new either.
   */
  catchUp(): Promise<void>;
  /** What manifests hold otherwise than the cache; of one collection or of all. */
  diff(collection?: string): Promise<{ collections: CollectionDiff[] }>;
  /**
   * Makes the cache equal the manifest, the manifest the cache, or both what the merge with the base comes
   * to; of one collection or of all.
   * @throws SkillmeatError `manifest-unreadable`, `manifest-missing` where it is one, and cannot be read
   */
  pull(input: SyncInput): Promise<{ collections: CollectionSynced[] }>;
  push(input: SyncInput): Promise<{ collections: CollectionSynced[] }>;
  merge(input: SyncInput): Promise<{ collections: CollectionSynced[] }>;
  /**
   * Brings a manifest back as a backup holds it.
   * @throws SkillmeatError as `restoreBackup`
   */
  restore(input: BackupGetInput): Promise<CollectionSynced>;
  /** How each collection stands. */
  status(collection?: string): Promise<{ collections: CollectionStatus[] }>;
  /**
   * Empties the cache and recovers it from the manifests.
   * @throws SkillmeatError `unsaved-changes` where something is in the cache alone, unless forced
   */
  reset(options: { force: boolean }): Promise<{ collections: CollectionRefresh[] }>;
  /** Waits until no write is under way. */
  settle(): Promise<void>;
}
