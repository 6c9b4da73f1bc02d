import type { Profiler } from "node:inspector";

type Frame = Pick<Profiler.ProfileNode["callFrame"], "functionName" | "url">;

/** Where time goes, in ms. */
export type Times = ReadonlyMap<string, number>;

/** What time goes to: parts by the names that the report has for them, in its order. */
export const PARTS = [
  "SQLite, with its fsyncs",
  "waiting",
  "calls of the file system",
  "loading modules",
  "SkillMeat",
  "Kysely",
  "zod",
  "smol-toml",
  "js-yaml",
  "tRPC",
  "Hono",
  "pino",
  "commander",
  "Node",
  "garbage collection",
  "others",
] as const;

export type Part = (typeof PARTS)[number];

/** Tells where the time of a profile went. */
export function whereTimeWent({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Times {
  const callers = new Map(
    nodes.flatMap(({ callFrame, children = [] }) => children.map((child) => [child, callFrame])),
  );
  const partOfNode = new Map(
    nodes.map(({ id, callFrame }) => [id, partOf(callFrame, callers.get(id))]),
  );
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const part = partOfNode.get(id) ?? null;
    if (part === null) return;
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  });
  return times;
}

/** Node's functions that are calls of the system. */
const FILE_CALLS =
  /^(?:lstat|stat|fstat|open|close|rename|unlink|fchmod|fsync|access|writeBuffer|read|mkdir|readdir|readFileUtf8|internalModuleStat)$/;

/** Where Node finds, compiles and links modules. */
const MODULES = /^node:internal\/(?:modules|bootstrap|vm|main)/;

function partOf({ functionName: name, url }: Frame, caller: Frame | undefined): Part | null {
  if (name === "(root)" || url === "node:inspector") return null;
  if (name === "(idle)") return "waiting";
  if (name === "(garbage collector)") return "garbage collection";
  const calledBy = caller?.url ?? "";
  if (url === "" && MODULES.test(calledBy)) return "loading modules";
  if (url === "" && FILE_CALLS.test(name)) return "calls of the file system";
  // Of native functions those of better-sqlite3 have no name, or the one that their caller calls them by.
  const isNative = url === "" && !name.startsWith("(");
  if (isNative && (name === "" || libraryOf(calledBy) === "kysely")) {
    return "SQLite, with its fsyncs";
  }
  if (MODULES.test(url)) return "loading modules";
  if (url === "" || url.startsWith("node:")) return "Node";
  const library = libraryOf(url);
  // Of a process of its own V8 counts native functions with their callers; this one does little else.
  if (library === "kysely" && name === "executeQuery") return "SQLite, with its fsyncs";
  return library === null ? "SkillMeat" : (LIBRARIES.get(library) ?? "others");
}

const LIBRARIES = new Map<string, Part>([
  ["better-sqlite3", "SQLite, with its fsyncs"],
  ["kysely", "Kysely"],
  ["zod", "zod"],
  ["smol-toml", "smol-toml"],
  ["js-yaml", "js-yaml"],
  ["trpc-server", "tRPC"],
  ["trpc-client", "tRPC"],
  ["hono", "Hono"],
  ["hono-node-server", "Hono"],
  ["pino", "pino"],
  ["commander", "commander"],
]);

/** Ours, in the chunks of the bundle and in what is built. */
const OURS = /^(?:core|server|client|run|skillmeat)$|^(?:core|server|client)-/;

/** The library that a file is of, as the bundle names its chunks; null where it is ours. */
function libraryOf(url: string): string | null {
  const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (installed !== undefined) return installed.replace("@", "").replace("/", "-");
  const chunk = /\/apps\/cli\/dist\/([^/.]+)\.[^/]*$/.exec(url)?.[1];
  return chunk === undefined || OURS.test(chunk) ? null : chunk;
}
