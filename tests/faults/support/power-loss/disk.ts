/** A change of a file's bytes that no fsync has covered yet. */
export type DataChange =
  | {
      readonly kind: "write";
      readonly seq: number;
      readonly offset: number;
      readonly bytes: Buffer;
    }
  | { readonly kind: "truncate"; readonly seq: number; readonly size: number };

/** A change of entries, atomic also where it is of two folders; null takes an entry away. */
export interface EntryChange {
  readonly seq: number;
  readonly parts: readonly {
    readonly folder: FolderNode;
    readonly name: string;
    readonly node: DiskNode | null;
  }[];
}

export interface FileNode {
  readonly kind: "file";
  readonly id: number;
  /** What is on the platter for sure, up to the change `stableSeq`. */
  stable: Buffer;
  stableSeq: number;
  pending: DataChange[];
}

export interface FolderNode {
  readonly kind: "folder";
  readonly id: number;
  readonly live: Map<string, DiskNode>;
  readonly stable: Map<string, { readonly node: DiskNode | null; readonly seq: number }>;
  pending: EntryChange[];
}

export type DiskNode = FileNode | FolderNode;

/**
 * A disk under a file system that keeps no more than POSIX promises: of a file what was fsynced, of
 * a folder the entries that were there when the folder was fsynced. Everything since is `pending`,
 * and a power loss takes any of it (`losses.ts`). Paths are relative to the root, which is there.
 */
export interface Disk {
  readonly root: FolderNode;
  /** The last change of entries that is on the platter for sure. */
  settledSeq(): number;
  find(path: string): DiskNode | null;
  /** A file's bytes as a running process reads them. */
  read(path: string): Buffer | null;
  /** Makes a file where nothing is. */
  create(path: string, seq: number): void;
  write(path: string, offset: number, bytes: Buffer, seq: number): void;
  truncate(path: string, size: number, seq: number): void;
  mkdir(path: string, seq: number): void;
  link(from: string, to: string, seq: number): void;
  rename(from: string, to: string, seq: number): void;
  /** Two entries change places. */
  exchange(a: string, b: string, seq: number): void;
  remove(path: string, seq: number): void;
  /** Fsyncs a file or a folder: what was done before the call `seq` is on the platter. */
  sync(path: string, seq: number): void;
}

/** Makes an empty disk. */
export function createDisk(): Disk {
  let ids = 0;
  let settled = 0;
  const newFolder = (): FolderNode => {
    return { kind: "folder", id: (ids += 1), live: new Map(), stable: new Map(), pending: [] };
  };
  const root = newFolder();

  function find(path: string): DiskNode | null {
    let node: DiskNode = root;
    for (const name of path.split("/").filter((part) => part !== "" && part !== ".")) {
      const below: DiskNode | undefined = node.kind === "folder" ? node.live.get(name) : undefined;
      if (below === undefined) return null;
      node = below;
    }
    return node;
  }

  function requireFile(path: string): FileNode {
    const node = find(path);
    if (node?.kind === "file") return node;
    throw new Error(`The model has no file ${path}`);
  }

  function place(path: string): { folder: FolderNode; name: string } {
    const at = path.lastIndexOf("/");
    const folder = find(path.slice(0, Math.max(at, 0)));
    if (folder?.kind !== "folder") throw new Error(`The model has no folder for ${path}`);
    return { folder, name: path.slice(at + 1) };
  }

  function change(seq: number, entries: readonly (readonly [string, DiskNode | null])[]): void {
    const parts = entries.map(([path, node]) => ({ ...place(path), node }));
    for (const { folder, name, node } of parts) {
      if (node === null) folder.live.delete(name);
      else folder.live.set(name, node);
    }
    const entryChange = { seq, parts };
    for (const folder of new Set(parts.map((part) => part.folder))) {
      folder.pending.push(entryChange);
    }
  }

  function settle(entryChange: EntryChange): void {
    settled = Math.max(settled, entryChange.seq);
    for (const { folder, name, node } of entryChange.parts) {
      folder.pending = folder.pending.filter((other) => other !== entryChange);
      const before = folder.stable.get(name);
      if (before !== undefined && before.seq > entryChange.seq) continue;
      folder.stable.set(name, { node, seq: entryChange.seq });
    }
  }

  function requireNode(path: string): DiskNode {
    const node = find(path);
    if (node === null) throw new Error(`The model has nothing at ${path}`);
    return node;
  }

  return {
    root,
    settledSeq: () => settled,
    find,
    read(path) {
      const node = find(path);
      return node?.kind === "file" ? node.pending.reduce(applyChange, node.stable) : null;
    },
    create(path, seq) {
      const file: FileNode = {
        kind: "file",
        id: (ids += 1),
        stable: Buffer.alloc(0),
        stableSeq: 0,
        pending: [],
      };
      change(seq, [[path, file]]);
    },
    write: (path, offset, bytes, seq) =>
      void requireFile(path).pending.push({ kind: "write", seq, offset, bytes }),
    truncate: (path, size, seq) =>
      void requireFile(path).pending.push({ kind: "truncate", seq, size }),
    mkdir: (path, seq) => change(seq, [[path, newFolder()]]),
    link: (from, to, seq) => change(seq, [[to, requireNode(from)]]),
    rename: (from, to, seq) =>
      change(seq, [
        [to, requireNode(from)],
        [from, null],
      ]),
    exchange: (a, b, seq) =>
      change(seq, [
        [b, requireNode(a)],
        [a, requireNode(b)],
      ]),
    remove: (path, seq) => change(seq, [[path, null]]),
    sync(path, seq) {
      const node = requireNode(path);
      if (node.kind === "folder") {
        node.pending.filter((entryChange) => entryChange.seq < seq).forEach(settle);
        return;
      }
      const covered = node.pending.filter((dataChange) => dataChange.seq < seq);
      node.stable = covered.reduce(applyChange, node.stable);
      node.stableSeq = covered.at(-1)?.seq ?? node.stableSeq;
      node.pending = node.pending.slice(covered.length);
    },
  };
}

/** A file's bytes after a change; what was never written reads as zeros. */
export function applyChange(bytes: Buffer, change: DataChange): Buffer {
  const end = change.kind === "write" ? change.offset + change.bytes.length : change.size;
  const size = change.kind === "write" ? Math.max(bytes.length, end) : end;
  const after = Buffer.alloc(size);
  bytes.copy(after, 0, 0, Math.min(size, bytes.length));
  if (change.kind === "write") change.bytes.copy(after, change.offset);
  return after;
}
