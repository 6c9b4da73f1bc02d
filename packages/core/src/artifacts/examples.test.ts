import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { createResolver } from "../manifest/members.ts";
import { groupCreateInputSchema } from "../schema/group.ts";
import { slugOf, tagCreateInputSchema } from "../schema/tag.ts";
import { scanArtifacts } from "./scan.ts";

const root = join(import.meta.dirname, "../../../../examples/default");

const manifestSchema = z.object({
  artifacts: z.array(z.object({ name: z.string(), type: z.string(), tags: z.array(z.string()) })),
  tag_definitions: z.array(tagCreateInputSchema.required({ slug: true })),
  groups: z.array(groupCreateInputSchema),
});

const manifest = manifestSchema.parse(parse(readFileSync(join(root, "collection.toml"), "utf8")));
const rows = manifest.artifacts.map((row) => ({ ...row, path: null, title: "", description: "" }));
const { artifacts, problems } = scanArtifacts(root, rows);

test("the example collection is whole: every row has its files, and every file can be read", () => {
  expect(problems).toEqual([]);
  expect(artifacts.filter(({ missing }) => missing)).toEqual([]);
  expect(artifacts.filter(({ row }) => row !== null)).toHaveLength(rows.length);
  expect(artifacts.filter(({ description }) => description === "")).toEqual([]);
  expect(new Set(artifacts.map(({ type }) => type)).size).toBe(6);
});

test("its members all resolve, and its tags are all defined and all carried", () => {
  const resolver = createResolver(artifacts.map(({ type, name }, id) => ({ id, type, name })));
  const unresolved = manifest.groups.flatMap(({ members }) =>
    members.filter((ref) => resolver.resolve(ref) === null),
  );
  expect(manifest.groups).toHaveLength(3);
  expect(unresolved).toEqual([]);

  const carried = artifacts.flatMap(({ row, frontmatterTags }) => [
    ...(row?.tags ?? []),
    ...frontmatterTags,
  ]);
  const defined = manifest.tag_definitions.map(({ slug }) => slug);
  expect(defined).toHaveLength(6);
  expect(new Set(carried.map(slugOf))).toEqual(new Set(defined));
});
