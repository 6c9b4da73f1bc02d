import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { stemOf } from "../artifacts/layout.ts";
import { SkillmeatError, systemCode } from "../errors.ts";
import type { HomePaths } from "../paths.ts";
import { isArtifactType } from "../schema/artifact.ts";
import { isSafeSegment } from "../schema/collection.ts";
import type { TrashItem, TrashListInput, TrashRestoreInput } from "../schema/trash.ts";
import { quoted } from "./suggest.ts";
import { readOrigin } from "./trash-origins.ts";

/** The folder of the trash that collections go to. */
const COLLECTIONS = "collections";

/** `20261122T101500123Z-skill-pdf`: the time, and what it was. */
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(.*)$/s;

/** What lies in the trash, the newest first. */
export function listTrash(
  { trash }: HomePaths,
  { collection }: TrashListInput,
): { items: TrashItem[]; nextCursor: null } {
  const items = visibleIn(trash).flatMap((folder) =>
    visibleIn(join(trash, folder)).map((name) => describe(trash, folder, name)),
  );
  const key = collection?.toLowerCase();
  const wanted = items.filter((item) => key === undefined || item.collection.toLowerCase() === key);
  return { items: wanted.toSorted((a, b) => compare(b, a)), nextCursor: null };
}

/**
 * One thing in the trash.
 * @throws SkillmeatError `not-found`; `invalid-input` where an artifact is to get another name
 */
export function findInTrash(paths: HomePaths, { id, as }: TrashRestoreInput): TrashItem {
  const item = listTrash(paths, {}).items.find((other) => other.id === id);
  if (item === undefined) {
    throw new SkillmeatError(
      "not-found",
      `There is no ${quoted(id)} in the trash`,
      "skillmeat trash list",
    );
  }
  if (item.kind === "artifact" && as !== undefined) {
    throw new SkillmeatError(
      "invalid-input",
      `${quoted(item.name)} is an artifact, and goes back under its own name`,
      `skillmeat trash restore ${id}`,
    );
  }
  return item;
}

/** What is in a folder, without what is hidden; nothing where it is no folder. */
function visibleIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isSafeSegment);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error))) return [];
    throw error;
  }
}

/** What something is, by what was noted of it, else by its name. */
function describe(trash: string, folder: string, name: string): TrashItem {
  const path = join(trash, folder, name);
  const place = { id: `${folder}/${name}`, at: timeOf(path, name), path };
  const origin = readOrigin(path);
  if (origin !== null) {
    const { kind, name: what, collection } = origin;
    return { ...place, kind, name: what, collection };
  }
  const label = NAME.exec(name)?.at(-1) ?? name;
  if (folder === COLLECTIONS) {
    return { ...place, kind: "collection", name: label, collection: label };
  }
  return { ...place, kind: "artifact", name: artifactOf(label), collection: folder };
}

/** `skill-pdf` is `skill:pdf`; a nested name cannot be told from one with a hyphen. */
function artifactOf(label: string): string {
  const hyphen = label.indexOf("-");
  const type = label.slice(0, hyphen);
  return isArtifactType(type) ? `${type}:${stemOf(label.slice(hyphen + 1))}` : stemOf(label);
}

function timeOf(path: string, name: string): string {
  const [, year, month, day, hour, minute, second, ms] = NAME.exec(name) ?? [];
  if (year === undefined) return new Date(lstatSync(path).mtimeMs).toISOString();
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}

function compare(a: TrashItem, b: TrashItem): number {
  const [one, other] = [`${a.at} ${a.id}`, `${b.at} ${b.id}`];
  return one < other ? -1 : Number(one > other);
}
