/** The head of a manifest. */
export const HEAD = `[collection]
name = "Mine"
version = "1.0.0"
created = "2026-01-01T00:00:00"
updated = "2026-01-01T00:00:00"
`;

/** A `[[groups]]` row. */
export function groupRow(name: string, ...members: string[]): string {
  return `\n[[groups]]\nname = "${name}"\nmembers = ${JSON.stringify(members).replaceAll(",", ", ")}\n`;
}

/** A `[[tag_definitions]]` row. */
export function tagRow(name: string, slug: string, color = ""): string {
  return `\n[[tag_definitions]]\nname = "${name}"\nslug = "${slug}"\ncolor = "${color}"\n`;
}

/** The file of a skill. */
export function skill(...tags: string[]): string {
  return `---\ndescription: A skill\ntags: ${JSON.stringify(tags)}\n---\n\nDo it well.\n`;
}

/** A manifest without the time of its last write, which no two runs share. */
export function withoutUpdated(manifest: string): string {
  return manifest.replace(/^updated = .*$/m, "");
}
