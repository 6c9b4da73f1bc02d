import { parse, type TomlTable } from "smol-toml";
import { meaningOf, slugOfWord, type Model, type ModelGroup, type ModelTag } from "./state.ts";

export type FileGroup = Omit<ModelGroup, "id"> & { readonly note: string | null };
export type FileTag = Omit<ModelTag, "id">;

/** What a manifest holds, read with another parser and by DESIGN section 2 alone. */
export interface FileRows {
  /** By position, then as they stand. */
  readonly groups: readonly FileGroup[];
  readonly tags: readonly FileTag[];
  /** The words of each artifact's row. */
  readonly words: ReadonlyMap<string, readonly string[]>;
}

export function readFileRows(text: string): FileRows {
  const table = parse(text);
  const groups = tablesOf(table["groups"]).map((row, index) => ({
    position: typeof row["position"] === "number" ? row["position"] : index,
    group: {
      name: textOf(row["name"]),
      description: textOf(row["description"]),
      color: textOf(row["color"]),
      icon: textOf(row["icon"]),
      members: [...new Set(textsOf(row["members"]).map(meaningOf))],
      note: row["note"] === undefined ? null : textOf(row["note"]),
    },
  }));
  return {
    groups: groups.toSorted((a, b) => a.position - b.position).map(({ group }) => group),
    tags: tablesOf(table["tag_definitions"]).map((row) => ({
      slug: textOf(row["slug"]),
      name: textOf(row["name"]),
      color: textOf(row["color"]),
      description: textOf(row["description"]),
    })),
    words: new Map(
      tablesOf(table["artifacts"]).map((row) => [
        `${textOf(row["type"])}:${textOf(row["name"])}`,
        textsOf(row["tags"]),
      ]),
    ),
  };
}

function tablesOf(value: TomlTable[string] | undefined): TomlTable[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error("A section of the manifest is no list");
  return value.map((row) => {
    if (typeof row === "object" && !Array.isArray(row) && !(row instanceof Date)) return row;
    throw new Error("A row of the manifest is no table");
  });
}

function textOf(value: TomlTable[string] | undefined): string {
  return typeof value === "string" ? value : "";
}

function textsOf(value: TomlTable[string] | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

/** What a person curated, in a form that two sides can be compared in. */
export interface Curation {
  readonly groups: readonly Omit<ModelGroup, "id">[];
  /** By slug: nobody has put them in order. */
  readonly tags: readonly FileTag[];
  /** The tags that are put on each artifact, but for such as stand in frontmatter alone. */
  readonly uses: readonly (readonly [artifact: string, slugs: readonly string[]])[];
}

export function curationOfModel({ groups, tags, uses }: Model): Curation {
  return {
    groups: groups.map(fieldsOfGroup),
    tags: bySlug(tags.map(fieldsOfTag)),
    uses: sorted(uses),
  };
}

export function curationOfFile({ groups, tags, words }: FileRows): Curation {
  const definitions = tags.map((tag) => ({ id: 0, ...tag }));
  return {
    groups: groups.map(fieldsOfGroup),
    tags: bySlug(tags),
    uses: sorted(slugsOf(words, definitions)),
  };
}

/** Words as slugs. */
export function slugsOf(
  words: ReadonlyMap<string, readonly string[]>,
  tags: readonly ModelTag[],
): Map<string, Set<string>> {
  return new Map(
    [...words].map(([artifact, list]) => [
      artifact,
      new Set(list.map((word) => slugOfWord(tags, word))),
    ]),
  );
}

/** What of a group is curated. */
export function fieldsOfGroup({
  name,
  description,
  color,
  icon,
  members,
}: Omit<ModelGroup, "id">): Omit<ModelGroup, "id"> {
  return { name, description, color, icon, members };
}

/** What of a tag is curated. */
export function fieldsOfTag({ slug, name, color, description }: FileTag): FileTag {
  return { slug, name, color, description };
}

function bySlug(tags: readonly FileTag[]): FileTag[] {
  return tags.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

function sorted(uses: ReadonlyMap<string, ReadonlySet<string>>): Curation["uses"] {
  return [...uses]
    .filter(([, slugs]) => slugs.size > 0)
    .map(([artifact, slugs]) => [artifact, [...slugs].toSorted()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
