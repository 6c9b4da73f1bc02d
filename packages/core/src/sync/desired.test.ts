import { expect, test } from "vitest";
import { createResolver } from "../manifest/members.ts";
import { read } from "../manifest/testing/read.ts";
import type { CacheArtifact, CacheGroup, CacheRows, CacheTag } from "./cache-rows.ts";
import { membersOf, planManifest } from "./desired.ts";
import { NO_ROWS, rowIdentity, type OwnedRows } from "./owned-rows.ts";

function artifact(id: number, name: string, more: Partial<CacheArtifact> = {}): CacheArtifact {
  return { id, type: "skill", name, path: `skills/${name}`, inManifest: true, tags: [], ...more };
}

function group(id: string, name: string, ...members: CacheGroup["members"]): CacheGroup {
  return { id, name, description: "", color: "", icon: "", members };
}

function cache(rows: Partial<CacheRows>): CacheRows {
  const artifacts = rows.artifacts ?? [];
  const resolver = createResolver(artifacts);
  const returning = new Map<string, string>();
  return { givenName: null, groups: [], tags: [], artifacts, resolver, returning, ...rows };
}

const tag = (id: number, slug: string, name = slug): CacheTag => {
  return { id, slug, name, color: "", description: "" };
};
const uses = (...slugs: string[]) => slugs.map((slug) => ({ slug, word: slug }));
const owned = (name: string, path: string | null, ...tags: string[]) => {
  return { artifact: `skill:${name}`, row: rowIdentity({ type: "skill", name, path }), tags };
};
const base = (rows: Partial<OwnedRows>): OwnedRows => ({ ...NO_ROWS, ...rows });

/** The members that the one group of a file is to have. */
function membersAfter(inFile: readonly string[], rows: Pick<CacheRows, "groups" | "artifacts">) {
  const text = `[[groups]]\nname = "A"\nmembers = ${JSON.stringify(inFile)}\n`;
  return planManifest(read(text), cache(rows), NO_ROWS).desired.groups[0]?.definition.members;
}

const pdf = { ref: "pdf", artifactId: 1 };
const docx = { ref: "docx", artifactId: 2 };
const both = [artifact(1, "pdf"), artifact(2, "docx")];

test.each([
  ["stays as it is written where it means the same", ["skill:PDF", "docx"], [pdf, docx]],
  ["stays, with what stands twice in it, where it means the same", ["pdf", "PDF"], [pdf]],
])("a list of members %s", (_, inFile, members) => {
  expect(membersAfter(inFile, { groups: [group("1", "A", ...members)], artifacts: both })).toEqual(
    inFile,
  );
});

test("a list of members that changed keeps the form of those that stay", () => {
  const rows = { groups: [group("1", "A", docx, pdf)], artifacts: both };
  expect(membersAfter(["skill:PDF", "gone"], rows)).toEqual(["docx", "skill:PDF"]);
});

test("a member without an artifact is the same in another case", () => {
  const gone = { ref: "gone", artifactId: null };
  const rows = { groups: [group("1", "A", gone)], artifacts: both };
  expect(membersAfter(["GONE"], rows)).toEqual(["GONE"]);
  expect(membersAfter(["other"], rows)).toEqual(["gone"]);
});

test("a reference that could mean two artifacts gets the type that it means", () => {
  const artifacts = [artifact(1, "pdf"), artifact(2, "pdf", { type: "agent" })];
  expect(membersOf(["pdf", "agent:pdf", "skill:PDF", "x", "X"], cache({ artifacts }))).toEqual([
    { ref: "skill:pdf", artifactId: 1 },
    { ref: "agent:pdf", artifactId: 2 },
    { ref: "x", artifactId: null },
  ]);
});

test("groups and tags stand in the order of the cache, each with its row of the file", () => {
  const manifest = read(
    '[[groups]]\nname = "A"\n[[groups]]\nname = "B"\n[[tag_definitions]]\nslug = "a"\n',
  );
  const rows = cache({
    groups: [group("3", "New"), group("2", "B"), group("1", "Z")],
    tags: [tag(8, "new"), tag(7, "a", "A")],
  });
  const { members: _, ...fields } = group("1", "A");
  const known = base({ groups: [{ ...fields, members: [] }] });
  const plan = planManifest(manifest, rows, known);
  expect(
    plan.desired.groups.map(({ from, definition }) => [from?.fileName, definition.name]),
  ).toEqual([
    [undefined, "New"],
    ["B", "B"],
    ["A", "Z"],
  ]);
  expect(plan.desired.groups[0]?.definition).not.toHaveProperty("id");
  expect(
    plan.desired.tags.map(({ from, definition }) => [from?.definition.slug, definition]),
  ).toEqual([
    [undefined, { slug: "new", name: "new", color: "", description: "" }],
    ["a", { slug: "a", name: "A", color: "", description: "" }],
  ]);
  expect(plan.owned.groups.map(({ id, name, members }) => [id, name, members])).toEqual([
    ["3", "New", []],
    ["2", "B", []],
    ["1", "Z", []],
  ]);
  expect(plan.owned.tags).toEqual(rows.tags);
  expect(plan.desired.displayName).toBe(null);
  expect(planManifest(manifest, { ...rows, givenName: "N" }, known).desired.displayName).toBe("N");
});

const TEXT = `[[artifacts]]
name = "pdf"
type = "skill"
tags = ["C++", "x"]

[[artifacts]]
name = "odd"
type = "skill"
tags = ["y"]
`;

/** The rows of artifacts after a plan: what they are from, and their tags. */
function artifactsAfter(rows: Partial<CacheRows>, known: Partial<OwnedRows>) {
  const plan = planManifest(read(TEXT), cache(rows), base(known));
  const desired = plan.desired.artifacts.map(({ from, definition }) => {
    return [from?.definition.name ?? "new", definition.path, definition.tags.join(" ")];
  });
  return { desired, owned: plan.owned.artifacts };
}

test("a row that nobody here knows stays, and is nobody's", () => {
  expect(artifactsAfter({}, {})).toEqual({
    desired: [
      ["pdf", "", "C++ x"],
      ["odd", "", "y"],
    ],
    owned: [],
  });
});

test("a row that the base has and the cache no more goes", () => {
  const known = { artifacts: [owned("pdf", null, "cpp", "x")] };
  expect(artifactsAfter({}, known)).toEqual({ desired: [["odd", "", "y"]], owned: [] });
  const outside = [artifact(1, "pdf", { inManifest: false })];
  expect(artifactsAfter({ artifacts: outside }, known).desired).toEqual([["odd", "", "y"]]);
});

test("a row that stands twice is owned once, and the second stays as it is", () => {
  const twice = `${TEXT}\n[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["z"]\n`;
  const known = base({ artifacts: [owned("pdf", null, "x")] });
  const rows = cache({ artifacts: [artifact(1, "pdf", { tags: uses("new") })] });
  const plan = planManifest(read(twice), rows, known);
  expect(plan.desired.artifacts.map(({ definition }) => definition.tags)).toEqual([
    ["new"],
    ["y"],
    ["z"],
  ]);
  expect(plan.owned.artifacts).toEqual([owned("pdf", null, "new")]);
});

test("the file's words stay where they mean the same tags, and else those that stay", () => {
  const known = { artifacts: [owned("pdf", null, "cpp", "x")] };
  const tags = [tag(1, "cpp", "C++")];
  const after = (...slugs: string[]) =>
    artifactsAfter({ tags, artifacts: [artifact(1, "pdf", { tags: uses(...slugs) })] }, known);
  expect(after("cpp", "x").desired[0]).toEqual(["pdf", "", "C++ x"]);
  expect(after("cpp", "new").desired[0]).toEqual(["pdf", "", "C++ new"]);
  expect(after("x", "cpp").desired[0]).toEqual(["pdf", "", "x C++"]);
  expect(after().owned).toEqual([owned("pdf", null)]);
  expect(after("x").owned).toEqual([owned("pdf", null, "x")]);
});

test("an artifact without a row gets one, with its path and tags", () => {
  const artifacts = [artifact(1, "new", { tags: uses("x") }), artifact(2, "bare", { path: "" })];
  const { desired, owned: rows } = artifactsAfter({ artifacts }, {});
  expect(desired.slice(2)).toEqual([
    ["new", "skills/new", "x"],
    ["new", "", ""],
  ]);
  expect(rows).toEqual([owned("new", "skills/new", "x"), owned("bare", null)]);
});

test("a row that goes is kept as it stands, but for one of an inline section", () => {
  const { members: _, ...fields } = group("1", "A");
  const known = base({ groups: [{ ...fields, members: [] }] });
  const removed = (text: string) => planManifest(read(text), cache({}), known).removed;
  const text = '[[groups]]\nname = "A" # ours';
  const added = '[[groups]]\nname = "New"\n';
  expect(removed(`${text}\n${added}`)).toEqual([{ kind: "group", key: "1", text }]);
  expect(removed('groups = [{ name = "A" }]\n')).toEqual([]);
});

test("words that mean one tag twice stay where they mean the same tags", () => {
  const text = '[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["C++", "cpp"]\n';
  const artifacts = [artifact(1, "pdf", { tags: uses("cpp") })];
  const rows = cache({ artifacts, tags: [tag(1, "cpp", "C++")] });
  const known = base({ artifacts: [owned("pdf", null, "cpp")] });
  const { desired } = planManifest(read(text), rows, known);
  expect(desired.artifacts[0]?.definition.tags).toEqual(["C++", "cpp"]);
});

test("an artifact's row that comes back has the place and the words that it had", () => {
  const text = '[[artifacts]]\nname = "pdf"\ntype = "skill"\ntags = ["C++"]';
  const artifacts = [artifact(1, "pdf", { tags: uses("cpp") })];
  const returning = new Map([["artifact skill:pdf", text]]);
  const rows = cache({ artifacts, tags: [tag(1, "cpp", "C++")], returning });
  const plan = planManifest(read(""), rows, NO_ROWS);
  expect(plan.desired.artifacts).toMatchObject([
    { from: null, returning: { text }, definition: { path: "", tags: ["C++"] } },
  ]);
  expect(plan.owned.artifacts).toEqual([owned("pdf", null, "C++")]);
});
