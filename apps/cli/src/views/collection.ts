import type { Collection } from "@skillmeat/core";
import type { Output } from "../output/output.ts";

/** Collections as a table. */
export function formatCollections(out: Output, collections: readonly Collection[]): string {
  const hasLinks = collections.some(({ linked }) => linked);
  return out.table(collections, [
    { heading: "NAME", cell: ({ name }) => name },
    { heading: "ARTIFACTS", cell: ({ artifacts }) => artifacts },
    { heading: "GROUPS", cell: ({ groups }) => groups },
    { heading: "TAGS", cell: ({ tags }) => tags },
    { heading: "DISPLAY NAME", cell: ({ displayName }) => displayName },
    ...(hasLinks
      ? [{ heading: "LINKED TO", cell: ({ linked, path }: Collection) => (linked ? path : "") }]
      : []),
  ]);
}

/** A collection with all that is known of it. */
export function formatCollection(out: Output, collection: Collection): string {
  return out.fields([
    ["Name", collection.name],
    ["Display name", collection.displayName],
    [collection.linked ? "Linked to" : "Folder", collection.path],
    ["Manifest", collection.manifest],
    ["Artifacts", String(collection.artifacts)],
    ["Groups", String(collection.groups)],
    ["Tags", String(collection.tags)],
  ]);
}
