import { compareCurations, hasImages, type Curation, type FilesImage } from "./change-images.ts";
import { recordChange } from "./changes.ts";
import type { CacheTransaction } from "./open.ts";
import {
  allArtifactImages,
  allGroupImages,
  artifactImages,
  fieldsImage,
  fieldsImages,
  groupImages,
  groupOrder,
  tagImages,
} from "./read-images.ts";
import type { CollectionRow, GroupRow } from "./tables.ts";
import { touchedOf } from "./touched.ts";

/**
 * What an operation tells of itself, so that it can be listed and taken back: what it is about to touch,
 * before it does, for that is imaged then; and what it did. What is named and stays as it was is no part
 * of the change.
 */
export interface ChangeLog {
  /** These groups, by id; also such as are yet to be made. */
  groups(ids: readonly string[]): Promise<void>;
  /** The fields of this group; its members, and the order, stay. */
  groupFields(row: GroupRow): void;
  /** The order of the groups. */
  groupOrder(): Promise<void>;
  /** The tag definitions and their order. */
  tags(): Promise<void>;
  /** These artifacts, each `type:name`: their rows and tags; also such as are yet to come. */
  artifacts(ids: readonly string[]): Promise<void>;
  /** What the collection is shown as. */
  displayName(): void;
  /** All of the above. */
  all(): Promise<void>;
  /** The file or folder of an artifact that came, or went to the trash. */
  files(image: FilesImage): void;
  /** What was done, as a person reads it: `Renamed the group "A" to "B"`. */
  summary(text: string): void;
}

/** A log that is open until its change is recorded. */
export interface OpenChangeLog {
  readonly log: ChangeLog;
  /**
   * Records how what was named differs now from what it was.
   * @param action the procedure, such as `groups.update`
   * @param undoes the change that this one takes back
   * @returns the change's id; null where nothing was changed, and nothing is recorded
   */
  record(action: string, undoes?: number | null): Promise<number | null>;
}

const NOTHING: Curation = {
  groups: [],
  groupOrder: [],
  tags: [],
  artifacts: [],
  displayName: "",
};

/** Opens the log of one change of a collection, in the transaction that makes it. */
export function openChangeLog(
  tx: CacheTransaction,
  { id, dir, display_name }: CollectionRow,
): OpenChangeLog {
  const named = {
    groups: new Set<string>(),
    groupFields: new Set<string>(),
    artifacts: new Set<string>(),
  };
  const isNamed = { all: false, groupOrder: false, tags: false, displayName: false };
  let before = NOTHING;
  const files: FilesImage[] = [];
  let summary = "";

  async function readAll(displayName: string): Promise<Curation> {
    const groups = await allGroupImages(tx, id);
    return {
      groups,
      groupOrder: groups.map((group) => group.id),
      tags: await tagImages(tx, id),
      artifacts: await allArtifactImages(tx, id),
      displayName,
    };
  }

  async function readNamed(displayName: string): Promise<Curation> {
    return {
      groups: [
        ...(await groupImages(tx, id, [...named.groups])),
        ...(await fieldsImages(tx, id, [...named.groupFields])),
      ],
      groupOrder: isNamed.groupOrder ? await groupOrder(tx, id) : [],
      tags: isNamed.tags ? await tagImages(tx, id) : [],
      artifacts: await artifactImages(tx, id, [...named.artifacts]),
      displayName,
    };
  }

  async function readDisplayName(): Promise<string> {
    if (!isNamed.displayName) return "";
    const row = await tx
      .selectFrom("collections")
      .select("display_name")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    return row.display_name;
  }

  const log: ChangeLog = {
    async groups(ids) {
      const fresh = ids.filter((group) => !named.groups.has(group));
      for (const group of fresh) named.groups.add(group);
      before = { ...before, groups: [...before.groups, ...(await groupImages(tx, id, fresh))] };
    },
    groupFields(row) {
      named.groupFields.add(row.id);
      before = { ...before, groups: [...before.groups, fieldsImage(row)] };
    },
    async groupOrder() {
      isNamed.groupOrder = true;
      before = { ...before, groupOrder: await groupOrder(tx, id) };
    },
    async tags() {
      isNamed.tags = true;
      before = { ...before, tags: await tagImages(tx, id) };
    },
    async artifacts(ids) {
      const fresh = ids.filter((artifact) => !named.artifacts.has(artifact));
      for (const artifact of fresh) named.artifacts.add(artifact);
      const images = await artifactImages(tx, id, fresh);
      before = { ...before, artifacts: [...before.artifacts, ...images] };
    },
    displayName() {
      isNamed.displayName = true;
      before = { ...before, displayName: display_name };
    },
    async all() {
      log.displayName();
      isNamed.all = true;
      before = await readAll(display_name);
    },
    files: (image) => void files.push(image),
    summary: (text) => void (summary = text),
  };
  return {
    log,
    async record(action, undoes = null) {
      const displayName = await readDisplayName();
      const after = isNamed.all ? await readAll(displayName) : await readNamed(displayName);
      const images = compareCurations(before, after, files);
      if (!hasImages(images)) return null;
      return recordChange(tx, {
        dir,
        origin: "call",
        action,
        summary: summary === "" ? action : summary,
        touched: touchedOf(images, dir),
        images: JSON.stringify(images),
        undoes,
      });
    },
  };
}
