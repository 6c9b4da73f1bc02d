import { nameKey } from "../../../schema/text.ts";
import { readFileRows } from "./file-rows.ts";
import type { Model } from "./state.ts";

/** What a person or another tool does to a manifest's text. */
export type Edit =
  | {
      readonly kind: "addGroup";
      readonly name: string;
      readonly at: number;
      readonly members: readonly string[];
    }
  | { readonly kind: "addTag"; readonly name: string; readonly color: string }
  | { readonly kind: "changeGroup" | "changeTag"; readonly at: number; readonly color: string }
  | { readonly kind: "removeGroup" | "removeTag"; readonly at: number }
  | { readonly kind: "reorderGroups"; readonly at: number; readonly to: number }
  | { readonly kind: "tagArtifact"; readonly at: number; readonly tags: readonly string[] }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "undo" };

/** The edits of what both have. */
const DRIFTING = new Set<Edit["kind"]>([
  "changeGroup",
  "changeTag",
  "removeGroup",
  "removeTag",
  "reorderGroups",
  "undo",
]);

/** Whether an edit is of something that the cache has, too. */
export function isDrifting({ groups }: Model, edit: Edit): boolean {
  if (edit.kind !== "addGroup") return DRIFTING.has(edit.kind);
  return groups.some(({ name }) => nameKey(name) === nameKey(edit.name));
}

/** The manifest's text after an edit; as it was where there is nothing to edit. */
export function editText(model: Model, edit: Edit): string {
  const { text } = model;
  const blocks = text.split(/^(?=\[)/m);
  const groups = placesOf(blocks, "[[groups]]");
  const tags = placesOf(blocks, "[[tag_definitions]]");
  switch (edit.kind) {
    case "addGroup": {
      const isThere = readFileRows(text).groups.some(
        ({ name }) => nameKey(name) === nameKey(edit.name),
      );
      if (isThere) return text;
      const row = `[[groups]]\nname = ${JSON.stringify(edit.name)}\nnote = "by hand ${model.lastId}"\nmembers = ${JSON.stringify(edit.members)}\n\n`;
      return blocks.toSpliced(pick(groups, edit.at) ?? blocks.length, 0, row).join("");
    }
    case "addTag": {
      const slug = nameKey(edit.name).replaceAll(" ", "-");
      const isKnown = [...readFileRows(text).tags, ...model.tags].some(
        (tag) => tag.slug === slug || nameKey(tag.name) === nameKey(edit.name),
      );
      if (isKnown) return text;
      const row = `\n[[tag_definitions]]\nname = "${edit.name}"\nslug = "${slug}"\ncolor = "${edit.color}"\n`;
      return text + row;
    }
    case "changeGroup":
      return change(blocks, pick(groups, edit.at), (block) => withLine(block, "color", edit.color));
    case "changeTag":
      return change(blocks, pick(tags, edit.at), (block) => withLine(block, "color", edit.color));
    case "removeGroup":
      return change(blocks, pick(groups, edit.at), () => "");
    case "removeTag":
      return change(blocks, pick(tags, edit.at), () => "");
    case "reorderGroups": {
      const [a, b] = [pick(groups, edit.at), pick(groups, edit.to)].map((at) => blocks[at ?? -1]);
      if (a === undefined || b === undefined) return text;
      const swapped = blocks.map((block) => (block === a ? b : block === b ? a : block));
      return swapped.join("");
    }
    case "tagArtifact":
      return change(blocks, pick(placesOf(blocks, "[[artifacts]]"), edit.at), (block) =>
        block.replace(/^tags = \[.*\]$/m, `tags = ${JSON.stringify(edit.tags)}`),
      );
    case "comment":
      return text.replace("[mcp_servers.local]\n", `[mcp_servers.local]\n${edit.text}\n`);
    case "undo":
      return hasNameTwice(model, model.textBefore) ? text : model.textBefore;
  }
}

/** Whether a text defines a tag by whose name the cache has another: then words mean the first of the two. */
function hasNameTwice({ tags }: Model, text: string): boolean {
  return readFileRows(text).tags.some(({ slug, name }) =>
    tags.some((tag) => tag.slug !== slug && nameKey(tag.name) === nameKey(name)),
  );
}

function placesOf(blocks: readonly string[], header: string): number[] {
  return [...blocks.keys()].filter((at) => blocks[at]?.startsWith(header));
}

function pick(places: readonly number[], at: number): number | undefined {
  return places[at % Math.max(places.length, 1)];
}

function change(
  blocks: readonly string[],
  at: number | undefined,
  by: (block: string) => string,
): string {
  return blocks.map((block, index) => (index === at ? by(block) : block)).join("");
}

/** A block with a key set. */
function withLine(block: string, key: string, value: string): string {
  const line = `${key} = "${value}"`;
  const there = new RegExp(`^${key} = .*$`, "m");
  return there.test(block) ? block.replace(there, line) : block.replace("\n", `\n${line}\n`);
}
