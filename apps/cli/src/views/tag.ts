import type { Tag } from "@skillmeat/core";
import type { Output } from "../output/output.ts";

/** Tags as a table. */
export function formatTags(out: Output, tags: readonly Tag[]): string {
  return out.table(tags, [
    { heading: "SLUG", cell: ({ slug }) => slug },
    { heading: "NAME", cell: ({ name }) => name },
    { heading: "ARTIFACTS", cell: ({ artifactCount }) => artifactCount },
    { heading: "COLOR", cell: ({ color }) => color, color: true },
    { heading: "DESCRIPTION", cell: describe },
  ]);
}

/** A tag with all that is known of it. */
export function formatTag(out: Output, tag: Tag): string {
  return out.fields([
    ["Slug", tag.slug],
    ["Name", tag.name],
    ["Color", tag.color, "color"],
    ["Description", describe(tag)],
    ["Artifacts", String(tag.artifactCount)],
  ]);
}

function describe({ defined, description }: Tag): string {
  return defined ? description : "(not defined: a word that artifacts carry)";
}
