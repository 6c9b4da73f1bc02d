import type { TouchedEntity } from "../schema/history.ts";
import type { ChangeImages, Pair } from "./change-images.ts";

type Kind = TouchedEntity["kind"];

/**
 * What a change touched, as its images say. Of a tag whose slug changed the old one went and the new
 * one came; a new order, and a new display name, are the collection's.
 * @param dir the collection's directory name
 */
export function touchedOf(images: ChangeImages, dir: string): TouchedEntity[] {
  const { groups, groupOrder, tags, tagOrder, artifacts, displayName, files } = images;
  const imaged = new Set(artifacts.map((pair) => (pair.after ?? pair.before)?.artifact));
  const ofCollection = groupOrder !== null || tagOrder !== null || displayName !== null;
  return [
    ...(ofCollection
      ? [{ kind: "collection" as const, id: dir, name: dir, change: "changed" as const }]
      : []),
    ...groups.flatMap((pair) => entities("group", pair, ({ id }) => id, nameOf)),
    ...tags.flatMap((pair) => entities("tag", pair, ({ slug }) => slug, nameOf)),
    ...artifacts.flatMap((pair) => entities("artifact", pair, artifactOf, plainName)),
    ...files
      .filter(({ artifact }) => !imaged.has(artifact))
      .map((file) => {
        const [id, name] = [artifactOf(file), plainName(file)];
        return { kind: "artifact" as const, id, name, change: "changed" as const };
      }),
  ];
}

function entities<T>(
  kind: Kind,
  { before, after }: Pair<T>,
  idOf: (image: T) => string,
  nameOfImage: (image: T) => string,
): TouchedEntity[] {
  const entity = (image: T, change: TouchedEntity["change"]): TouchedEntity => {
    return { kind, id: idOf(image), name: nameOfImage(image), change };
  };
  if (before !== null && after !== null && idOf(before) === idOf(after)) {
    return [entity(after, "changed")];
  }
  return [
    ...(before === null ? [] : [entity(before, "removed")]),
    ...(after === null ? [] : [entity(after, "added")]),
  ];
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function artifactOf({ artifact }: { readonly artifact: string }): string {
  return artifact;
}

function plainName({ artifact }: { readonly artifact: string }): string {
  return artifact.slice(artifact.indexOf(":") + 1);
}
