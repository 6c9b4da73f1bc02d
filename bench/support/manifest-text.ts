import type { Size } from "./sizes.ts";

const TIME = "2026-01-02T03:04:05.678901";

/** The name of an artifact by its number, from 0. */
export function artifactName(number: number): string {
  return `artifact-${String(number).padStart(6, "0")}`;
}

/** The name of a group by its number, from 0. */
export function groupName(number: number): string {
  return `Group ${number}`;
}

/** The slug of a tag by its number, from 0. */
export function tagSlug(number: number): string {
  return `tag-${number}`;
}

/** The text of a collection's manifest, in the form in which other programs write it. */
export function manifestText(size: Size): string {
  return [
    `[collection]\nname = "default"\nversion = "1.0.0"\ncreated = "${TIME}"\nupdated = "${TIME}"\n`,
    ...each(size.artifacts, (number) => artifactRow(number, size)),
    ...each(size.tags, tagRow),
    ...each(size.groups, (number) => groupRow(number, size)),
  ].join("\n");
}

/** The text of an artifact's main file. */
export function skillText(number: number): string {
  const lines = [
    "---",
    `title: Artifact ${number}`,
    `description: Does what it was made for, ${number} times`,
  ];
  return [...lines, "---", "", "# What it does", "", "It does it well.", ""].join("\n");
}

function artifactRow(number: number, { tags }: Size): string {
  const name = artifactName(number);
  return `[[artifacts]]
name = "${name}"
type = "skill"
path = "skills/${name}"
origin = "github"
added = "${TIME}"
upstream = "https://github.com/example/skills/tree/main/${name}"
version_spec = "latest"
resolved_sha = "${String(number).padStart(40, "0")}"
tags = [
    "Tag ${number % tags}",
    "Tag ${(number * 7 + 1) % tags}",
]

[artifacts.metadata]
title = "Artifact ${number}"
description = "Does what it was made for, ${number} times"
license = "MIT"
`;
}

function tagRow(number: number): string {
  return `[[tag_definitions]]
name = "Tag ${number}"
slug = "${tagSlug(number)}"
color = "#${(number * 7919).toString(16).padStart(6, "0").slice(-6).toUpperCase()}"
description = "The ${number}th"
`;
}

function groupRow(number: number, { artifacts, members }: Size): string {
  const names = each(
    members,
    (place) => `    "${artifactName((number * 13 + place) % artifacts)}",\n`,
  );
  return `[[groups]]
name = "${groupName(number)}"
description = "What belongs together, ${number}"
color = "#3B82F6"
icon = "folder"
position = ${number}
members = [
${names.join("")}]
`;
}

function each<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, number) => make(number));
}
