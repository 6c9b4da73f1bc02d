import { Stats, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { relative, sep } from "node:path";
import { systemCode } from "../errors.ts";
import { readableReason } from "./describe.ts";
import { compare, isIgnored } from "./layout.ts";
import type { Witness } from "./witness.ts";

/** A file or folder that may be read; a link is followed only where it stays inside the tree. */
export interface FoundEntry {
  readonly kind: "file" | "folder";
  readonly name: string;
  /** Where it stands, absolute. */
  readonly path: string;
  /** Where its bytes are, absolute: another place than `path` where a link leads there. */
  readonly real: string;
  readonly linked: boolean;
  /** Of what lies at `real`, where it was asked for on the way. */
  readonly stat?: Stats;
}

/** Something that must not be read, and why. */
export interface RefusedEntry {
  readonly kind: "refused";
  readonly name: string;
  readonly path: string;
  readonly why: string;
}

export type Entry = FoundEntry | RefusedEntry;

/** A folder that was entered, and the folders on the way to it. */
export interface Folder {
  readonly path: string;
  readonly real: string;
  readonly above: Folder | null;
}

/** Looks into the folders below one root, and never out of it. */
export interface Tree {
  readonly root: Folder;
  /** What a folder holds, sorted by name, without hidden files. @throws what the system throws */
  list(folder: Folder, ignores?: (name: string) => boolean): Entry[];
  /** One entry of a folder; null where nothing has that name. @throws what the system throws */
  at(folder: Folder, name: string): Entry | null;
  /** What a path below the root leads to; null where nothing is there. */
  locate(parts: readonly string[]): Entry | null;
  /** Steps into a folder; a text says why not, where links lead in a circle. */
  enter(entry: FoundEntry, above: Folder): Folder | string;
}

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/**
 * Opens the tree below a folder.
 * @param root absolute
 * @param rootName what the tree is called in reasons, such as "the collection"
 * @param witness takes note of all that is looked at
 * @throws what the system throws where the folder cannot be found
 */
export function openTree(root: string, rootName: string, witness?: Witness): Tree {
  witness?.note(root, true, statSync(root, { throwIfNoEntry: false }));
  const realRoot = realpathSync(root);
  const linksEntered = new Set<string>();
  const onTheWay = new Map<string, Entry | null>();

  function inspect(folder: Folder, name: string, kind: Kind): Entry {
    const path = below(folder.path, name);
    if (!kind.isSymbolicLink()) return typed(kind, name, path, below(folder.real, name), false);
    try {
      witness?.note(path, true, statSync(path, { throwIfNoEntry: false }));
      const real = realpathSync(path);
      if (!isInside(realRoot, real))
        return refused(name, path, `it is a link that leaves ${rootName}`);
      return typed(statSync(real), name, path, real, true);
    } catch (error) {
      const dangling = systemCode(error) === "ENOENT";
      if (!dangling) witness?.spoil();
      return refused(name, path, dangling ? "it is a link to nothing" : readableReason(error));
    }
  }

  function at(folder: Folder, name: string): Entry | null {
    const path = below(folder.path, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    witness?.note(path, false, stat);
    return stat === undefined ? null : inspect(folder, name, stat);
  }

  /** As `at`, but asked once: thousands of rows name files of one folder. */
  function through(folder: Folder, name: string): Entry | null {
    const path = below(folder.path, name);
    const known = onTheWay.get(path);
    if (known !== undefined) return known;
    const entry = at(folder, name);
    onTheWay.set(path, entry);
    return entry;
  }

  const rootFolder: Folder = { path: root, real: realRoot, above: null };
  return {
    root: rootFolder,
    at,
    list(folder, ignores = isIgnored) {
      witness?.note(folder.path, true, statSync(folder.path, { throwIfNoEntry: false }));
      return readdirSync(folder.path, { withFileTypes: true })
        .filter((entry) => !ignores(entry.name))
        .map((entry) => inspect(folder, entry.name, entry))
        .toSorted((a, b) => compare(a.name, b.name));
    },
    locate(parts) {
      let folder = rootFolder;
      for (const [index, part] of parts.entries()) {
        if (index === parts.length - 1) return at(folder, part);
        const entry = through(folder, part);
        if (entry === null || entry.kind === "refused") return entry;
        if (entry.kind === "file") return null;
        folder = { path: entry.path, real: entry.real, above: folder };
      }
      return null;
    },
    enter(entry, above) {
      if (entry.linked) {
        for (let folder: Folder | null = above; folder !== null; folder = folder.above) {
          if (folder.real === entry.real) return "it is a link to a folder that holds it";
        }
        // Links to each other's folders would multiply the ways to one file without end.
        if (linksEntered.has(entry.real)) return "another link leads to the same folder";
        linksEntered.add(entry.real);
      }
      return { path: entry.path, real: entry.real, above };
    },
  };
}

/** Whether a path is a folder or lies inside it; both absolute and without links. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(below(folder, ""));
}

/** `join` for a name that is one segment; a scan does this for each file. */
function below(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

function typed(kind: Kind, name: string, path: string, real: string, linked: boolean): Entry {
  const stat = kind instanceof Stats ? { stat: kind } : {};
  if (kind.isFile()) return { kind: "file", name, path, real, linked, ...stat };
  if (kind.isDirectory()) return { kind: "folder", name, path, real, linked };
  return refused(name, path, "it is neither a file nor a folder");
}

function refused(name: string, path: string, why: string): RefusedEntry {
  return { kind: "refused", name, path, why };
}

/** A path below a root, relative to it, with `/`; both absolute and normalised. */
export function relativePath(root: string, path: string): string {
  // A scan does this for each file, and `relative` takes ten times as long.
  const start = below(root, "");
  const way = path.startsWith(start) ? path.slice(start.length) : relative(root, path);
  return sep === "/" ? way : way.replaceAll(sep, "/");
}
