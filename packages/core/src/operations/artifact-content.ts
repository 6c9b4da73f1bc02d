import { artifactRows } from "../cache/artifacts.ts";
import { requireCollection } from "../cache/commit.ts";
import type { Cache } from "../cache/open.ts";
import { readSnapshot } from "../cache/snapshot.ts";
import { readMainFile } from "../artifacts/main-file.ts";
import { SkillmeatError } from "../errors.ts";
import type { ArtifactContent, ArtifactGetInput } from "../schema/artifact.ts";
import { collectionPaths } from "../settings/collection-paths.ts";
import { requireArtifact } from "./require.ts";
import { commandHint, quoted } from "./suggest.ts";

/**
 * The text of an artifact, as it lies in its collection now.
 * @throws SkillmeatError `not-found` where there is no such artifact, or no file of it that can be read as text
 */
export async function readContent(cache: Cache, input: ArtifactGetInput): Promise<ArtifactContent> {
  const { dir, row } = await readSnapshot(cache, async (db) => {
    const collection = await requireCollection(db, input.collection);
    const [found] = await artifactRows(db, [await requireArtifact(db, collection, input.id)]);
    return { dir: collection.dir, row: found };
  });
  const { folder } = collectionPaths(cache.paths, dir);
  const content = row === undefined ? "it is not there" : readMainFile(folder, row.type, row.path);
  if (typeof content !== "string") return content;
  throw new SkillmeatError(
    "not-found",
    `There is no text of ${quoted(input.id)} to show: ${content}`,
    commandHint(dir, `artifact show ${input.id}`),
  );
}
