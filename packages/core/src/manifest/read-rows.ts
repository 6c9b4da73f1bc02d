import type { TomlTable } from "smol-toml";
import { isArtifactType, type ArtifactDefinition } from "../schema/artifact.ts";
import { isSlug, slugOf } from "../schema/tag.ts";
import { groupColorSchema, iconSchema, nameKey, tagColorSchema } from "../schema/text.ts";
import { createFieldReader, isTable, type FieldReader, type Finding } from "./fields.ts";
import { numberedName } from "./numbered-name.ts";
import type { ManifestArtifact, ManifestGroup, ManifestTag } from "./read.ts";
import type { RowSource, Section } from "./rows.ts";

/** The groups of a manifest in their order; a row without a name stays opaque and is reported. */
export function readGroups(section: Section, findings: Finding[]): ManifestGroup[] {
  const read = readSection(section, "group", findings, (row, fields) => {
    const name = fields.text("name");
    if (name.trim() === "") {
      fields.report("a group without a name is kept but not shown");
      return null;
    }
    return {
      row,
      fileName: name,
      filePosition: fields.integer("position"),
      definition: {
        name,
        description: fields.text("description"),
        color: fields.ruledText("color", groupColorSchema),
        icon: fields.ruledText("icon", iconSchema),
        members: fields.texts("members"),
      },
    };
  });
  const order = (group: ManifestGroup, index: number) => group.filePosition ?? index;
  return renameDoubles(read, findings)
    .map((group, index) => ({ group, order: order(group, index) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ group }) => group);
}

function renameDoubles(groups: readonly ManifestGroup[], findings: Finding[]): ManifestGroup[] {
  const inFile = new Set(groups.map((group) => nameKey(group.fileName)));
  const seen = new Set<string>();
  return groups.map((group) => {
    const first = !seen.has(nameKey(group.fileName));
    const isTaken = (name: string) => seen.has(nameKey(name)) || inFile.has(nameKey(name));
    const name = first ? group.fileName : numberedName(group.fileName, isTaken);
    seen.add(nameKey(name));
    if (first) return group;
    const message = `group ${JSON.stringify(group.fileName)}: the name stands twice; this one is shown as ${JSON.stringify(name)}`;
    findings.push({ offset: group.row.start, message });
    return { ...group, definition: { ...group.definition, name } };
  });
}

/** The tag definitions of a manifest, in its order. */
export function readTags(section: Section, findings: Finding[]): ManifestTag[] {
  const doubles = new Map<string, RowSource[]>();
  return readSection(section, "tag definition", findings, (row, fields) => {
    const name = fields.text("name");
    const slug = fields.text("slug");
    const nameless = name.trim() === "";
    if (nameless && slug === "") {
      fields.report("a tag definition without name and slug is kept but not shown");
      return null;
    }
    if (slug === "") fields.report(`the slug is missing; ${slugOf(name)} is taken for it`);
    else if (!isSlug(slug))
      fields.report(`the slug ${JSON.stringify(slug)} is no slug; it is kept`, "slug");
    const definition = {
      name: nameless ? slug : name,
      slug: slug === "" ? slugOf(name) : slug,
      color: fields.ruledText("color", tagColorSchema),
      description: fields.text("description"),
    };
    const first = doubles.get(definition.slug);
    if (first !== undefined) {
      fields.report("the slug stands twice; this definition is kept but not shown", "slug");
      first.push(row);
      return null;
    }
    const later: RowSource[] = [];
    doubles.set(definition.slug, later);
    const implied = nameless ? "name" : slug === "" ? "slug" : null;
    return { row, definition, implied, doubles: later };
  });
}

/** The rows of `[[artifacts]]`, in the order of the file. */
export function readArtifacts(section: Section, findings: Finding[]): ManifestArtifact[] {
  return readSection(section, "artifact", findings, (row, fields, table) => {
    const path = fields.text("path");
    const name = fields.text("name");
    const type = fields.text("type") || typeOfFolder(path);
    if (name === "" && path === "") {
      fields.report("an artifact without name and path is kept but not shown");
      return null;
    }
    if (!/^[\p{L}\p{N}_-]+$/u.test(type)) {
      fields.report("an artifact without a usable type is kept but not shown", "type");
      return null;
    }
    const metadata = table["metadata"];
    const fromMetadata = (key: string) => {
      const value = isTable(metadata) && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
      return typeof value === "string" ? value : "";
    };
    const definition: ArtifactDefinition = {
      name: name || (path.split("/").findLast((part) => part !== "") ?? ""),
      type: type.toLowerCase(),
      path: path === "" ? null : path,
      title: fields.text("title") || fromMetadata("title"),
      description: fields.text("description") || fromMetadata("description"),
      tags: fields.texts("tags"),
    };
    return { row, definition };
  });
}

/** The type that a standard folder says: `skills/pdf` is a skill. */
function typeOfFolder(path: string): string {
  const singular = path.replace(/^\.\//, "").replace(/s?(?:\/.*)?$/s, "");
  return isArtifactType(singular) ? singular : "";
}

function readSection<T>(
  section: Section,
  noun: string,
  findings: Finding[],
  read: (row: RowSource, fields: FieldReader, table: TomlTable) => T | null,
): T[] {
  return section.rows.flatMap((row) => {
    const table = row.value;
    if (!isTable(table)) {
      const message = `${noun}: not a table, so it is kept but not read`;
      findings.push({ offset: row.start, message });
      return [];
    }
    const name = Object.hasOwn(table, "name") ? table["name"] : undefined;
    const what = typeof name === "string" ? `${noun} ${JSON.stringify(name)}` : noun;
    const result = read(row, createFieldReader(row, table, what, findings), table);
    return result === null ? [] : [result];
  });
}
