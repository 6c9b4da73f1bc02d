import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openAsItIs, type Cache } from "../cache/open.ts";
import type { ArtifactTagsTable } from "../cache/tables.ts";
import { createTagMatcher } from "../cache/tag-words.ts";
import { definedOnly, ensureTags, tagRows } from "../cache/tags.ts";
import { homePaths } from "../paths.ts";
import { nameKey } from "../schema/text.ts";

/** For tests: a real cache in a home of its own, with an empty collection `default`. */
export interface TestHome {
  readonly root: string;
  readonly cache: Cache;
  /** Makes a collection's folder, manifest and row. */
  addCollection(dir: string): Promise<void>;
  /**
   * Makes the rows of artifacts, such as `skill:pdf`, with the words of their frontmatter.
   * @param collectionId that of `default` where it is left out; others follow in their order
   */
  addArtifacts(
    ids: readonly string[],
    frontmatter?: readonly string[],
    collectionId?: number,
  ): Promise<void>;
  /** Writes a file below the home, with the folders on the way. */
  write(path: string, text: string): string;
  dirtyRev(): Promise<number>;
  remove(): Promise<void>;
}

/** Makes a {@link TestHome} in the system's temporary folder. */
export async function createTestHome(): Promise<TestHome> {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-operations-"));
  const cache = await openAsItIs(homePaths(root));
  const write = (path: string, text: string) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const addCollection = async (dir: string) => {
    write(`collections/${dir}/collection.toml`, `[collection]\nname = "${dir}"\n`);
    await cache.db
      .insertInto("collections")
      .values({ dir, dir_key: dir, display_name: dir, version: "1.0.0", created: "" })
      .execute();
  };
  await addCollection("default");
  return {
    root,
    cache,
    addCollection,
    addArtifacts: (ids, frontmatter = [], collectionId = 1) =>
      addRows(cache, ids, frontmatter, collectionId),
    write,
    async dirtyRev() {
      const row = await cache.db
        .selectFrom("collections")
        .select("dirty_rev")
        .where("dir", "=", "default")
        .executeTakeFirstOrThrow();
      return row.dirty_rev;
    },
    async remove() {
      await cache.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function addRows(
  cache: Cache,
  ids: readonly string[],
  frontmatter: readonly string[],
  collectionId: number,
): Promise<void> {
  return cache.transaction(async (tx) => {
    const match = createTagMatcher(definedOnly(await tagRows(tx, collectionId)));
    for (const id of ids) {
      const [type = "", name = ""] = id.split(/:(.*)/s);
      const row = await tx
        .insertInto("artifacts")
        .values({
          collection_id: collectionId,
          type,
          name,
          name_key: nameKey(name),
          title: name,
          description: "",
          path: `${type}s/${name}`,
          missing: 0,
          in_manifest: 0,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const tags = frontmatter.map((word, position): ArtifactTagsTable => {
        return {
          artifact_id: row.id,
          origin: "frontmatter",
          position,
          slug: match(word),
          word,
        };
      });
      if (tags.length > 0) await tx.insertInto("artifact_tags").values(tags).execute();
    }
    await ensureTags(tx, collectionId);
  });
}
