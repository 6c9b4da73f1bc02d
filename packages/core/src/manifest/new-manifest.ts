import { tomlString } from "./toml-text.ts";

/** The `[collection]` table of a manifest that is made anew. */
export interface NewManifest {
  /** The display name. */
  readonly name: string;
  readonly version: string;
  /** `YYYY-MM-DDTHH:MM:SS`, UTC. */
  readonly created: string;
  readonly updated: string;
}

/** The text of a manifest that holds nothing yet. */
export function newManifestText(manifest: NewManifest): string {
  return [
    "[collection]",
    `name = ${tomlString(manifest.name)}`,
    `version = ${tomlString(manifest.version)}`,
    `created = ${tomlString(manifest.created)}`,
    `updated = ${tomlString(manifest.updated)}`,
    "",
  ].join("\n");
}

/** A moment as manifests write it: UTC, to the second, without a zone. */
export function manifestTime(date: Date): string {
  return date.toISOString().slice(0, 19);
}
