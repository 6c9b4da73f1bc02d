import type { GroupDefinition } from "../../schema/group.ts";
import { readManifest, type Manifest } from "../read.ts";
import type { DesiredManifest } from "../desired-manifest.ts";
import { spliceManifest } from "../splice.ts";
import { desiredOf } from "./mutations.ts";

/** The manifest of a text that can be read. */
export function read(text: string): Manifest {
  const result = readManifest(text);
  if ("unreadable" in result) throw new Error(JSON.stringify(result.unreadable));
  return result.manifest;
}

/** `LINE:COLUMN message` of each problem of a text, readable or not. */
export function problemsOf(text: string): string[] {
  const result = readManifest(text);
  const problems = "unreadable" in result ? [result.unreadable] : result.manifest.problems;
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** The moment that {@link write} writes at. */
const NOW = new Date("2026-11-22T08:00:00Z");

/** A text after a write of what it holds with some of the lists replaced. */
export function write(
  text: string,
  change: (rows: DesiredManifest) => Partial<DesiredManifest>,
): string {
  const manifest = read(text);
  const rows = desiredOf(manifest);
  return spliceManifest(manifest, { ...rows, ...change(rows) }, NOW);
}

type Groups = DesiredManifest["groups"];

/** A new group, `New` unless told. */
export function added(fields: Partial<GroupDefinition> = {}): Groups[number] {
  const definition = { name: "New", description: "", color: "", icon: "", members: [], ...fields };
  return { from: null, definition };
}

/** What {@link added} is written as, where it is the first. */
export const NEW_ROW = `[[groups]]
name = "New"
description = ""
color = ""
icon = ""
position = 0
members = []
`;

/** The groups with fields of the one of a name replaced. */
export function set(groups: Groups, name: string, fields: Partial<GroupDefinition>): Groups {
  return groups.map(({ from, definition }) => {
    const isMeant = definition.name === name;
    return { from, definition: isMeant ? { ...definition, ...fields } : definition };
  });
}

export function without(groups: Groups, name: string): Groups {
  return groups.filter(({ definition }) => definition.name !== name);
}
