import type { Profiler } from "node:inspector";

/** What time goes to, as the page of the report has it. */
export const PARTS = [
  "SQLite, its fsync in it",
  "waiting for the file's fsyncs and large writes",
  "calls of the file system",
  "Kysely",
  "SkillMeat itself",
  "Node",
  "garbage collection",
] as const;

export type Part = (typeof PARTS)[number];

/** Time by part, in ms. */
export type Times = ReadonlyMap<Part, number>;

/**
 * Tells where the time of a profile went.
 * @param own whether a sample is of what is asked for, by the frames that it stands below, the innermost first
 */
export function whereTimeWent(
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
  own: (frames: readonly Frame[]) => boolean,
): Times {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
  const framesOf = (id: number): Frame[] => {
    const frames: Frame[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      if (node !== undefined) frames.push(node.callFrame);
    }
    return frames;
  };
  const partOfNode = new Map<number, Part | null>();
  for (const { id } of nodes) {
    const frames = framesOf(id);
    partOfNode.set(id, own(frames) ? partOf(frames) : null);
  }
  const times = new Map<Part, number>();
  samples.forEach((id, index) => {
    const part = partOfNode.get(id) ?? null;
    if (part === null) return;
    times.set(part, (times.get(part) ?? 0) + (timeDeltas[index] ?? 0) / 1_000);
  });
  return times;
}

export type Frame = Pick<Profiler.ProfileNode["callFrame"], "functionName" | "url">;

/** Node's functions that are calls of the system. */
const FILE_CALLS =
  /^(?:lstat|stat|fstat|open|close|rename|unlink|fchmod|fsync|access|writeBuffer|mkdir|readdir)$/;

function partOf([frame, caller]: readonly Frame[]): Part | null {
  if (frame === undefined) return null;
  const { functionName: name, url } = frame;
  // Of native functions those of better-sqlite3 have no name, or the one that their caller calls them by.
  const isNative = url === "" && !name.startsWith("(") && !FILE_CALLS.test(name);
  const calledBy = caller?.url ?? "";
  if (isNative && (name === "" || /better-sqlite3|\/kysely\//.test(calledBy))) {
    return "SQLite, its fsync in it";
  }
  if (name === "(idle)") return "waiting for the file's fsyncs and large writes";
  if (name === "(garbage collector)") return "garbage collection";
  if (name === "(root)" || url === "node:inspector") return null;
  if (url.includes("better-sqlite3")) return "SQLite, its fsync in it";
  if (url.includes("/kysely/")) return "Kysely";
  if (url.includes("/core/")) return "SkillMeat itself";
  return url === "" && FILE_CALLS.test(name) ? "calls of the file system" : "Node";
}
