import { connect, type Connection } from "@skillmeat/client/node";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestPath, type History, type Moment, type Version } from "./history.ts";
import type { Left } from "./losses.ts";
import { curationOf, isReadable, ownedOf, togetherIn, type ManifestOwned } from "./owned.ts";

const AFTER = "After the loss";

export interface Reopening {
  readonly left: Left;
  readonly moment: Moment;
  /** Of the whole run. */
  readonly history: History;
  /** A folder that is made for it, and removed. */
  readonly root: string;
  /** Whether everything is read anew before something is changed. */
  readonly refreshes: boolean;
}

/**
 * Opens a home as the power loss left it and changes something in each collection.
 * @returns what is wrong, a sentence each
 */
export async function findLostAfterReopening(reopening: Reopening): Promise<string[]> {
  const { left, root } = reopening;
  writeLeft(left, root);
  try {
    const { client, close } = await connect({ home: root, embedded: true });
    try {
      return await findLostIn(client, reopening);
    } finally {
      await close();
    }
  } catch (error) {
    return [`The home cannot be used any more: ${String(error)}`];
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function findLostIn(
  client: Connection["client"],
  { moment, history, root, refreshes, left }: Reopening,
): Promise<string[]> {
  const wrong: string[] = [];
  if (refreshes) await client.cache.refresh.mutate();
  for (const [collection, versions] of history.versions) {
    const path = join(root, manifestPath(collection));
    if (!left.paths.has(manifestPath(collection))) continue;
    const before = readFileSync(path, "utf8");
    const floor = moment.floor.get(collection) ?? 0;
    const live = moment.live.get(collection) ?? 0;
    if (!isReadable(before)) {
      const { items } = await client.groups.list.query({ collection });
      const lost = [...moment.waiting].filter((name) =>
        items.every((group) => group.name !== name),
      );
      wrong.push(...lost.map((name) => `${name} was acknowledged and is not in the cache`));
      continue;
    }
    const { saved, reason } = await client.groups.create.mutate({ collection, name: AFTER });
    if (!saved) wrong.push(`${collection} cannot be saved any more: ${reason}`);
    const after = withoutGroup(ownedOf(readFileSync(path, "utf8")));
    const at = versions.lastIndexOf(before);
    const isDisplaced =
      history.displaced.some((edit) => edit.collection === collection && edit.version === at) &&
      isBackedUp(root, collection, before);
    // The cache may be ahead of the file by the version that was being made.
    const allowed = versions.slice(isDisplaced ? floor - 1 : floor, live + 2);
    wrong.push(
      ...findOlder(after, allowed, versions[floor] ?? null).map((lost) => `${collection} ${lost}`),
    );
  }
  // SQLite promises that its files survive; a cache that was taken for broken was this model's fault.
  if (existsSync(join(root, "cache", "broken"))) wrong.push("The cache was taken for broken");
  return wrong;
}

/** Makes the files of a home as the power loss left them. */
function writeLeft(left: Left, root: string): void {
  mkdirSync(root);
  for (const [path, file] of left.paths) {
    if (file === null) mkdirSync(join(root, path));
    else writeFileSync(join(root, path), file.bytes());
  }
}

function withoutGroup(owned: ManifestOwned): ManifestOwned {
  return { ...owned, groups: owned.groups.filter(({ name }) => name !== AFTER) };
}

/** What an editor changed of ours is replaced by what the cache has, and kept. */
function isBackedUp(root: string, collection: string, text: string): boolean {
  const folder = join(root, "backups", collection);
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((name) => readFileSync(join(folder, name), "utf8") === text);
}

function findOlder(
  owned: ManifestOwned,
  allowed: readonly Version[],
  acknowledged: Version,
): string[] {
  const curation = curationOf(owned);
  const isAllowed = allowed.some(
    (version) => isReadable(version) && curationOf(ownedOf(version)) === curation,
  );
  if (!isAllowed) return [`holds what was never promised after the next mutation: ${curation}`];
  const kept = togetherIn(owned);
  const promised = isReadable(acknowledged) ? togetherIn(ownedOf(acknowledged)) : [];
  return promised.filter((name) => !kept.includes(name)).map((name) => `has lost ${name}`);
}
