import type { Artifact } from "@skillmeat/core";
import type { Output } from "../output/output.ts";

/** Artifacts as a table. */
export function formatArtifacts(out: Output, artifacts: readonly Artifact[]): string {
  return out.table(artifacts, [
    { heading: "ID", cell: ({ id, missing }) => (missing ? `${id} (missing)` : id) },
    { heading: "TAGS", cell: ({ tags }) => tags.join(", "), flexible: true },
    { heading: "GROUPS", cell: ({ groups }) => groups.join(", "), flexible: true },
    { heading: "DESCRIPTION", cell: ({ description }) => description },
  ]);
}

/** An artifact with all that is known of it. */
export function formatArtifact(out: Output, artifact: Artifact): string {
  return out.fields([
    ["Id", artifact.id],
    ["Title", artifact.title],
    ["Description", artifact.description],
    ["Tags", artifact.tags.join(", ")],
    ["Groups", artifact.groups.join(", ")],
    ["Path", artifact.missing ? `${artifact.path} (missing)`.trim() : artifact.path],
  ]);
}
