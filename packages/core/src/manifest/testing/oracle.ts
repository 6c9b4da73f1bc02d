import { parse, type TomlTable, type TomlValue } from "smol-toml";
import { slugOf } from "../../schema/tag.ts";
import { nameKey } from "../../schema/text.ts";
import type { SectionKey } from "./toml-model.ts";

/**
 * What a manifest says, read from smol-toml's tables alone: nothing here knows where in the text
 * anything stands, or how it is written.
 */
export interface OracleReading {
  readonly groups: readonly Readonly<Record<string, string | readonly string[]>>[];
  readonly tags: readonly Readonly<Record<string, string>>[];
  readonly artifacts: readonly Readonly<Record<string, string | readonly string[]>>[];
}

export function parseToml(text: string): TomlTable {
  return parse(text, { integersAsBigInt: "asNeeded" });
}

export function isPlainTable(value: TomlValue | undefined): value is TomlTable {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** The rows of a section, whatever they are. */
export function rowsOf(table: TomlTable, section: SectionKey): readonly TomlValue[] {
  const rows = table[section];
  return Array.isArray(rows) ? rows : [];
}

export function readOracle(text: string): OracleReading {
  const table = parseToml(text);
  return { groups: groupsOf(table), tags: tagsOf(table), artifacts: artifactsOf(table) };
}

function tablesOf(table: TomlTable, section: SectionKey): TomlTable[] {
  return rowsOf(table, section).filter(isPlainTable);
}

function groupsOf(table: TomlTable): OracleReading["groups"] {
  const named = tablesOf(table, "groups").filter((row) => textOf(row, "name").trim() !== "");
  const taken = new Set(named.map((row) => nameKey(textOf(row, "name"))));
  const seen = new Set<string>();
  const shown = named.map((row, index) => {
    let name = textOf(row, "name");
    if (seen.has(nameKey(name))) {
      let n = 2;
      while (taken.has(nameKey(`${name} (${n})`))) n += 1;
      name = `${name} (${n})`;
      taken.add(nameKey(name));
    }
    seen.add(nameKey(name));
    const isNumber = /^(number|bigint)$/.test(typeof row["position"]);
    const position = isNumber ? Number(row["position"]) : index;
    return {
      order: Number.isInteger(position) ? position : index,
      group: {
        name,
        description: textOf(row, "description"),
        color: colourOf(row, ["slate", "blue", "green", "amber", "rose"]),
        icon: /^(?=.{0,32}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(textOf(row, "icon"))
          ? textOf(row, "icon")
          : "",
        members: textsOf(row, "members"),
      },
    };
  });
  return shown.toSorted((a, b) => a.order - b.order).map(({ group }) => group);
}

function tagsOf(table: TomlTable): OracleReading["tags"] {
  const bySlug = new Map<string, OracleReading["tags"][number]>();
  for (const row of tablesOf(table, "tag_definitions")) {
    const name = textOf(row, "name").trim() === "" ? "" : textOf(row, "name");
    const slug = textOf(row, "slug") || (name === "" ? "" : slugOf(name));
    if (slug === "" || bySlug.has(slug)) continue;
    const rest = { color: colourOf(row, []), description: textOf(row, "description") };
    bySlug.set(slug, { name: name || slug, slug, ...rest });
  }
  return [...bySlug.values()];
}

function artifactsOf(table: TomlTable): OracleReading["artifacts"] {
  return tablesOf(table, "artifacts").flatMap((row) => {
    const path = textOf(row, "path");
    const [folder = "", ...more] = path.split("/").filter((part) => part !== "" && part !== ".");
    const guessed = /^(skill|command|agent|hook|mcp|workflow)s?$/.exec(folder)?.[1] ?? "";
    const type = textOf(row, "type") || guessed;
    const name = textOf(row, "name") || (more.at(-1) ?? folder);
    if (textOf(row, "name") === "" && path === "") return [];
    if (!/^[\p{L}\p{N}_-]+$/u.test(type)) return [];
    return [{ name, type: type.toLowerCase(), path, tags: textsOf(row, "tags") }];
  });
}

function textOf(row: TomlTable, key: string): string {
  const value = row[key];
  return typeof value === "string" ? value : "";
}

function textsOf(row: TomlTable, key: string): string[] {
  const value = row[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function colourOf(row: TomlTable, words: readonly string[]): string {
  const color = textOf(row, "color");
  return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) || words.includes(color) ? color : "";
}
