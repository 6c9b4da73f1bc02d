import type { TouchedEntity } from "../../schema/history.ts";
import type { CacheRows } from "../cache-rows.ts";
import { mergeableCache } from "../merge/to-mergeable.ts";
import { diffRows, type RowDifference } from "./diff-rows.ts";

/**
 * What differs between two states of a collection's curated rows. Of a tag whose slug changed the old
 * one went and the new one came; a new order is the collection's.
 * @param dir the collection's directory name
 */
export function touchedRows(dir: string, before: CacheRows, after: CacheRows): TouchedEntity[] {
  const [old, now] = [mergeableCache(before, () => null), mergeableCache(after, () => null)];
  const tagNames = new Map([...old.tags, ...now.tags].map(({ slug, name }) => [slug, name]));
  const differences = diffRows(old, now);
  const rows = differences.filter(({ id }) => id !== "");
  const collection = { kind: "collection", id: dir, name: dir, change: "changed" } as const;
  return [
    ...(rows.length < differences.length ? [collection] : []),
    ...rows.flatMap((row) => entitiesOf(row, tagNames)),
  ];
}

function entitiesOf(
  { kind, id, name, change, fields }: RowDifference,
  tagNames: ReadonlyMap<string, string>,
): TouchedEntity[] {
  switch (kind) {
    case "group":
      return [{ kind, id, name: textAfter(fields?.["name"]) ?? name, change }];
    case "artifact":
      // Its row came or went; the artifact itself is the folders'.
      return [{ kind, id, name: id.slice(id.indexOf(":") + 1), change: "changed" }];
    case "tag": {
      const slug = textAfter(fields?.["slug"]) ?? id;
      const tag = (of: string, what: TouchedEntity["change"]): TouchedEntity => {
        return { kind, id: of, name: tagNames.get(of) ?? of, change: what };
      };
      return slug === id ? [tag(id, change)] : [tag(id, "removed"), tag(slug, "added")];
    }
  }
}

function textAfter(
  field: NonNullable<RowDifference["fields"]>[string] | undefined,
): string | undefined {
  return typeof field?.manifest === "string" ? field.manifest : undefined;
}
