import fc from "fast-check";
import { content, anyValue, stringText } from "./toml-values.ts";

export const SECTIONS = ["artifacts", "tag_definitions", "groups"] as const;
export type SectionKey = (typeof SECTIONS)[number];

/** What can stand on the lines before something. */
export type Filler = "blank" | "spaces" | "comment";

/** How a key and its value are laid out. */
export interface Look {
  readonly quotes: number;
  readonly equals: string;
  readonly indent: string;
  readonly comment: boolean;
  readonly before: readonly Filler[];
}

/** A list whose comments are known. */
export interface ListModel {
  readonly items: readonly {
    readonly text: string;
    readonly above: boolean;
    readonly between: boolean;
    readonly beside: boolean;
  }[];
  readonly layout: "line" | "spread" | "lines";
  readonly trailing: boolean;
}

export interface Entry {
  readonly key: readonly string[];
  readonly value: string | ListModel;
  readonly look: Look;
}

export interface SubTable {
  readonly tail: readonly string[];
  readonly element: boolean;
  readonly look: Look;
  readonly entries: readonly Entry[];
}

export interface Row {
  readonly look: Look;
  readonly entries: readonly Entry[];
  readonly subTables: readonly SubTable[];
  /** So many of the last sub-tables stand behind what follows the row. */
  readonly postponed: number;
  /** As an inline table: on one line, or one key a line. */
  readonly spread: boolean;
}

export interface SectionModel {
  readonly form: "none" | "empty" | "table" | "inline";
  readonly look: Look;
  readonly rows: readonly Row[];
  /** As an inline list: all on one line, or one row a line. */
  readonly lines: boolean;
  readonly trailing: boolean;
}

export interface TableModel {
  readonly path: readonly string[];
  readonly element: boolean;
  readonly look: Look;
  readonly entries: readonly Entry[];
}

export interface DocumentModel {
  readonly newline: "lf" | "crlf" | "mixed";
  readonly bom: boolean;
  readonly finalNewline: boolean;
  readonly collectionForm: "table" | "dotted" | "inline" | "none";
  readonly collection: readonly Entry[];
  readonly root: readonly Entry[];
  readonly sections: Readonly<Record<SectionKey, SectionModel>>;
  readonly tables: readonly TableModel[];
  /** Sort keys that shuffle what may stand in any order. */
  readonly order: readonly number[];
  readonly tail: readonly Filler[];
}

const fillers = fc.array(fc.constantFrom<Filler>("blank", "spaces", "comment", "comment"), {
  maxLength: 2,
});

const look: fc.Arbitrary<Look> = fc.record({
  quotes: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 3 })),
  equals: fc.constantFrom(" = ", "=", "\t=  "),
  indent: fc.constantFrom("", "", "  ", "\t"),
  comment: fc.boolean(),
  before: fillers,
});

const list = (of: fc.Arbitrary<string>): fc.Arbitrary<ListModel> =>
  fc.record({
    items: fc.array(
      fc.record({ text: of, above: fc.boolean(), between: fc.boolean(), beside: fc.boolean() }),
      { maxLength: 4 },
    ),
    layout: fc.constantFrom("line", "spread", "lines"),
    trailing: fc.boolean(),
  });

const entry = (
  key: readonly string[],
  value: fc.Arbitrary<string | ListModel>,
): fc.Arbitrary<Entry> => fc.record({ key: fc.constant(key), value, look });

/** Some of the entries, in any order. */
const some = (...entries: readonly fc.Arbitrary<Entry>[]): fc.Arbitrary<Entry[]> =>
  fc
    .tuple(...entries.map((of) => fc.option(of, { nil: null, freq: 4 })))
    .map((all) => all.filter((one) => one !== null))
    .chain((present) => fc.shuffledSubarray(present, { minLength: present.length }));

const words = (...texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 4, arbitrary: stringText(fc.constantFrom(...texts)) }, stringText(content));

/** Mostly a good value, at times one of any kind. */
const mostly = (good: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 12, arbitrary: good }, anyValue);

const NAMES = ["Tools", "tools", "Tools (2)", "A", "日本語", "[[groups]]", "  ", 'quo"te', "é"];
const REFS = [
  "pdf",
  "skill:pdf",
  "git:review",
  "PDF.md",
  "missing",
  "# no comment",
  "日本語",
  "a]",
];
const COLOURS = ["#10B981", "#fff", "slate", "", "turquoise"];
const SLUGS = ["c", "c", "c-u002b-u002b", "backend", "Not A Slug", ""];

const refs = list(mostly(words(...REFS)));
const unknown = [
  entry(["x_a"], anyValue),
  entry(["x d", "a"], anyValue),
  entry(["x d", "b.c"], anyValue),
];
const position = fc.constantFrom("0", "1", "2", "3", "0x2", "1.0", "1.5", "-1", "1_0", '"2"');

const groupEntries = some(
  entry(["name"], mostly(words(...NAMES))),
  entry(["description"], mostly(words("a text"))),
  entry(["color"], mostly(words(...COLOURS))),
  entry(["icon"], mostly(words("shield", "no icon"))),
  entry(["position"], mostly(position)),
  entry(["members"], fc.oneof({ weight: 12, arbitrary: refs }, anyValue)),
  ...unknown,
);

const tagEntries = some(
  entry(["name"], mostly(words("C", "C++", "backend", "日本語"))),
  entry(["slug"], mostly(words(...SLUGS))),
  entry(["color"], mostly(words(...COLOURS))),
  entry(["description"], mostly(words("a text"))),
  ...unknown,
);

const artifactEntries = some(
  entry(["name"], mostly(words("pdf", "review", "fs-mcp"))),
  entry(["type"], mostly(words("skill", "Command", "agent", "gadget"))),
  entry(["path"], mostly(words("skills/pdf/", "./commands/git/review.md", "mcp/fs"))),
  entry(["tags"], fc.oneof({ weight: 12, arbitrary: refs }, anyValue)),
  entry(["version_spec"], words("latest")),
  ...unknown,
);

const subTable = (tail: readonly string[], element: boolean): fc.Arbitrary<SubTable> =>
  fc.record({
    tail: fc.constant(tail),
    element: fc.constant(element),
    look,
    entries: some(entry(["title"], words("a text")), ...unknown),
  });

const subTables: fc.Arbitrary<SubTable[]> = fc
  .subarray(
    [
      subTable(["metadata"], false),
      subTable(["extra", "nested"], false),
      subTable(["extra"], false),
      subTable(["more"], true),
      subTable(["more"], true),
      subTable(["more", "inner"], false),
    ],
    { maxLength: 3 },
  )
  .chain((chosen) => fc.tuple(...chosen));

const section = (entries: fc.Arbitrary<Entry[]>): fc.Arbitrary<SectionModel> =>
  fc.record({
    form: fc.constantFrom("none", "empty", "table", "table", "table", "inline", "inline"),
    look,
    rows: fc.array(
      fc.record({
        look,
        entries,
        subTables: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, subTables),
        postponed: fc.nat({ max: 2 }),
        spread: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    lines: fc.boolean(),
    trailing: fc.boolean(),
  });

const updated = fc.constantFrom(
  ...['"2026-02-20T00:00:00"', "'2026-02-20T00:00:00+02:00'", "2026-02-20T00:00:00"],
  ...["2026-02-20 00:00:00.5Z", "2026-02-20", "{ by = 'me' }", "12"],
);

const table = (path: readonly string[], element = false): fc.Arbitrary<TableModel> =>
  fc.record({
    path: fc.constant(path),
    element: fc.constant(element),
    look,
    entries: some(entry(["name"], words("a text")), ...unknown),
  });

/** Any manifest that TOML can write, well or badly filled. */
export const documentModel: fc.Arbitrary<DocumentModel> = fc.record({
  newline: fc.constantFrom("lf", "lf", "crlf", "mixed"),
  bom: fc.boolean(),
  finalNewline: fc.boolean(),
  collectionForm: fc.constantFrom("table", "table", "dotted", "inline", "none"),
  collection: some(
    entry(["name"], words("default")),
    entry(["version"], words("1.0.0")),
    fc.oneof(entry(["updated"], updated), entry(["updated", "by"], words("me"))),
    ...unknown,
  ),
  root: some(entry(["x_root"], anyValue), entry(["x", "groups"], anyValue)),
  sections: fc.record({
    artifacts: section(artifactEntries),
    tag_definitions: section(tagEntries),
    groups: section(groupEntries),
  }),
  tables: fc
    .subarray([
      table(["mcp_servers"], true),
      table(["mcp_servers"], true),
      table(["y", "groups"]),
      table(["groups.x"]),
      table(["z"], true),
    ])
    .chain((chosen) => fc.tuple(...chosen)),
  order: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 8 }),
  tail: fillers,
});
