/** What a list of artifacts, and the board, is narrowed to; it stands in the URL. */
export interface Filters {
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly tag?: string | undefined;
  readonly group?: string | undefined;
  readonly ungrouped?: true | undefined;
}

/** What is on the screen of artifacts; it stands in the URL. */
export interface ArtifactsSearch extends Filters {
  readonly view?: "grid" | undefined;
  readonly sort?: "type" | undefined;
  /** The artifact whose details are open. */
  readonly artifact?: string | undefined;
}

/** What is on the board; it stands in the URL. */
export interface BoardSearch extends Pick<Filters, "q" | "type" | "tag"> {
  readonly artifact?: string | undefined;
}

/** What is on the page of tags; it stands in the URL. */
export interface TagsSearch {
  readonly q?: string | undefined;
  readonly sort?: "count" | undefined;
  /** Whether the order is turned round. */
  readonly turned?: true | undefined;
}

/** Reads filters from what a URL holds: what is not understood is left out. */
function readFilters(search: Readonly<Record<string, unknown>>): Filters {
  const filters = {
    q: text(search["q"]),
    type: text(search["type"]),
    tag: text(search["tag"]),
    group: text(search["group"]),
    ungrouped: isTrue(search["ungrouped"]) ? (true as const) : undefined,
  };
  // Both at once would be a question without an answer.
  return filters.group === undefined ? filters : { ...filters, ungrouped: undefined };
}

export function readArtifactsSearch(search: Readonly<Record<string, unknown>>): ArtifactsSearch {
  return {
    ...readFilters(search),
    view: search["view"] === "grid" ? "grid" : undefined,
    sort: search["sort"] === "type" ? "type" : undefined,
    artifact: text(search["artifact"]),
  };
}

export function readBoardSearch(search: Readonly<Record<string, unknown>>): BoardSearch {
  const { q, type, tag } = readFilters(search);
  return { q, type, tag, artifact: text(search["artifact"]) };
}

export function readTagsSearch(search: Readonly<Record<string, unknown>>): TagsSearch {
  return {
    q: text(search["q"]),
    sort: search["sort"] === "count" ? "count" : undefined,
    turned: isTrue(search["turned"]) ? true : undefined,
  };
}

/** A number in a URL is a text to us: a tag may be called `2024`. */
function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === 1 || value === "1";
}
