import { manifestPath, versionOf, type History, type Moment } from "./history.ts";
import type { Left } from "./losses.ts";

/**
 * What a power loss must not have done to the files of a home.
 * @returns what is wrong, a sentence each
 */
export function findLost(left: Left, moment: Moment, history: History): string[] {
  const wrong: string[] = [];
  for (const [collection, versions] of history.versions) {
    const path = manifestPath(collection);
    const live = moment.live.get(collection) ?? 0;
    const floor = moment.floor.get(collection) ?? 0;
    const file = left.paths.get(path);
    const version = versionOf(file, versions, live);
    if (version === null) {
      wrong.push(`${path} is no text that was ever written: ${show(file?.bytes())}`);
    } else if (version < floor) {
      const what = file === undefined ? "not there" : `version ${version}`;
      wrong.push(`${path} is ${what}, and version ${floor} of ${live} was acknowledged`);
    } else {
      wrong.push(...notBackedUp(left, history, collection, version));
    }
  }
  for (const [path, bytes] of moment.files) {
    const file = left.paths.get(path);
    if (moment.disk.read(path) === null || file?.bytes().equals(bytes) === true) continue;
    wrong.push(`${path} was acknowledged and is ${show(file?.bytes())}`);
  }
  for (const path of moment.gone) {
    if (left.paths.has(path)) wrong.push(`${path} was acknowledged as gone and is there again`);
  }
  return wrong;
}

function notBackedUp(
  left: Left,
  { displaced, versions }: History,
  collection: string,
  version: number,
): string[] {
  const backups = [...left.paths].filter(([path]) => path.startsWith(`backups/${collection}/`));
  return displaced
    .filter((edit) => edit.collection === collection && version > edit.version)
    .filter((edit) => {
      const text = versions.get(collection)?.[edit.version];
      return !backups.some(([, file]) => file?.bytes().toString() === text);
    })
    .map((edit) => `version ${edit.version} of ${collection} was replaced and is in no backup`);
}

function show(bytes: Buffer | undefined): string {
  if (bytes === undefined) return "not there";
  return `${bytes.length} bytes: ${JSON.stringify(bytes.toString().slice(0, 200))}`;
}
