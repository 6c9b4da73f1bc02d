import type { ChangeImages, GroupImage, Pair, TagImage } from "../cache/change-images.ts";
import type { CacheRows } from "../sync/cache-rows.ts";
import type {
  MergeArtifact,
  MergeGroup,
  MergeMember,
  MergeRows,
  MergeSide,
  MergeTag,
} from "../sync/merge/mergeable-rows.ts";
import {
  artifactId,
  createArtifactOf,
  mergeableCache,
  type ArtifactOf,
} from "../sync/merge/to-mergeable.ts";

/** The sides of the three-way merge that takes a change back. */
export interface UndoSides {
  /** The collection as it is, with what the change touched as that was after it. */
  readonly base: MergeRows;
  readonly ours: MergeSide;
  /** The collection as it is, with what the change touched as that was before it. */
  readonly theirs: MergeSide;
}

/** Makes of a change's images, and of the collection as it is, the sides of the merge that undoes it. */
export function undoSides(images: ChangeImages, rows: CacheRows): UndoSides {
  const artifactOf = createArtifactOf([
    ...rows.artifacts.map(artifactId),
    ...images.artifacts.flatMap(({ before, after }) => [before, after]).flatMap(artifactIn),
    ...images.groups.flatMap(({ before, after }) => [before, after]).flatMap(memberIdsIn),
  ]);
  const now = mergeableCache(rows, artifactOf);
  return {
    base: sideAt("after", images, now, artifactOf),
    ours: { ...now, hasIdsOfBase: true },
    theirs: { ...sideAt("before", images, now, artifactOf), hasIdsOfBase: true },
  };
}

function artifactIn(image: { readonly artifact: string | null } | null): string[] {
  return image === null || image.artifact === null ? [] : [image.artifact];
}

function memberIdsIn(group: GroupImage | null): string[] {
  return (group?.members ?? []).flatMap(artifactIn);
}

function sideAt(
  at: "before" | "after",
  images: ChangeImages,
  now: MergeRows,
  artifactOf: ArtifactOf,
): MergeRows {
  const membersNow = new Map(now.groups.map(({ id, members }) => [id, members]));
  const groupOf = (image: GroupImage): MergeGroup => {
    const { id, name, description, color, icon, members } = image;
    const meant = members?.map((member): MergeMember => {
      return { ...member, artifact: member.artifact ?? artifactOf(member.ref) };
    });
    return { id, name, description, color, icon, members: meant ?? membersNow.get(id) ?? [] };
  };
  const tagOf = ({ id, name, slug, color, description }: TagImage): MergeTag => {
    return { id, name, slug, color, description };
  };
  const groups = substitute(now.groups, images.groups, at, groupOf);
  const tags = substitute(now.tags, images.tags, at, tagOf);
  const touched = new Set(
    images.artifacts.flatMap(({ before, after }) => [before, after]).flatMap(artifactIn),
  );
  const artifacts = images.artifacts.flatMap((pair): MergeArtifact[] => {
    const image = pair[at];
    if (image === null || !image.inManifest) return [];
    return [{ artifact: image.artifact, path: image.path, tags: image.tags }];
  });
  return {
    groups: images.groupOrder === null ? groups : arrange(groups, images.groupOrder[at]),
    tags: images.tagOrder === null ? tags : arrange(tags, images.tagOrder[at]),
    artifacts: [...now.artifacts.filter(({ artifact }) => !touched.has(artifact)), ...artifacts],
  };
}

/** The rows as they are, but those that are imaged as the images have them; such as are gone in their old places. */
function substitute<Image extends { readonly id: Id; readonly place: number }, Row, Id>(
  now: readonly (Row & { readonly id: Id | null })[],
  pairs: readonly Pair<Image>[],
  at: "before" | "after",
  rowOf: (image: Image) => Row & { readonly id: Id | null },
): (Row & { readonly id: Id | null })[] {
  const images = new Map(
    pairs.flatMap((pair): [Id | null, Image | null][] => {
      const known = pair.before ?? pair.after;
      return known === null ? [] : [[known.id, pair[at]]];
    }),
  );
  const living = new Set(now.map(({ id }) => id));
  const list = now.flatMap((row) => {
    const image = images.get(row.id);
    if (image === undefined) return [row];
    return image === null ? [] : [rowOf(image)];
  });
  const gone = [...images.values()].filter((image) => image !== null && !living.has(image.id));
  const inOrder = gone.filter((image) => image !== null).toSorted((a, b) => a.place - b.place);
  for (const image of inOrder) list.splice(image.place, 0, rowOf(image));
  return list;
}

/** Brings the rows that an order names into that order, in the places that they take together. */
function arrange<Row extends { readonly id: Id | null }, Id>(
  rows: readonly Row[],
  order: readonly Id[],
): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const named = order.flatMap((id) => byId.get(id) ?? []);
  const places = new Set(named);
  const next = named.values();
  return rows.map((row) => (places.has(row) ? (next.next().value ?? row) : row));
}
