import { digestsOf, hashOfDigests, splitPieces } from "./pieces.ts";

const DIGEST_BYTES = 32;

/** From this on a text is changed where it stands, in bytes; below, a new one is made at less cost. */
const LARGE = 256 * 1024;

/** So many places of a large text are changed where they stand; for more it is made anew. */
const FEW = 8;

/** What takes the place of a piece, each under the key of its row, where it is one's. */
export interface PieceChange {
  readonly at: number;
  readonly pieces: readonly { readonly text: string; readonly key: string | null }[];
}

/** A list that is about to be changed. */
export interface ChangedPieces {
  /** The whole new text, in parts. */
  readonly content: readonly Uint8Array[];
  readonly hash: string;
  /** Makes the change; once, and before any other. */
  apply(): void;
}

/** A manifest's text, in its pieces, with what tells whose row a piece is. */
export interface PieceList {
  readonly count: number;
  readonly hash: string;
  text(at: number): string;
  key(at: number): string | null;
  /** Where the piece of a row is; -1 where it has none of its own. */
  find(key: string): number;
  /** What the text comes to with some changes, which are in the order of their places. */
  change(changes: readonly PieceChange[]): ChangedPieces;
}

/**
 * Makes the list of a text's pieces.
 * @param keyOf tells whose row the piece is that begins at an offset of the text
 */
export function createPieceList(text: string, keyOf: (offset: number) => string | null): PieceList {
  const texts = splitPieces(text);
  let digests = digestsOf(texts);
  let hash = hashOfDigests(digests);
  let bytes = Buffer.from(text);
  let length = bytes.length;
  /** Of each piece, in bytes; numbers alone, since a change moves all that are behind it. */
  let starts = new Float64Array(texts.length);
  const keys: (string | null)[] = [];
  const places = new Map<string, number>();
  let offset = 0;
  let size = 0;
  for (const [at, piece] of texts.entries()) {
    starts[at] = size;
    setKey(at, keyOf(offset));
    offset += piece.length;
    size += Buffer.byteLength(piece);
  }

  const startOf = (at: number) => starts[at] ?? length;

  function setKey(at: number, key: string | null): void {
    keys[at] = key;
    if (key !== null) places.set(key, at);
  }

  function partsOf(changes: readonly Prepared[]): Uint8Array[] {
    const parts: Uint8Array[] = [];
    let from = 0;
    for (const { at, content } of changes) {
      parts.push(bytes.subarray(from, startOf(at)), ...content);
      from = startOf(at + 1);
    }
    return [...parts, bytes.subarray(from, length)];
  }

  /**
   * What the digests come to. Where each piece stays one piece they are changed in their place, to be changed back
   * by `undo`: they are too many to be copied each time.
   */
  function changeDigests(changes: readonly Prepared[]): { now: Buffer; undo: () => void } {
    if (changes.some(({ pieces }) => pieces.length !== 1)) {
      return { now: digestsWith(changes), undo: () => {} };
    }
    const old = changes.map(({ at }) => Buffer.from(digestAt(at)));
    for (const { at, pieces } of changes) {
      digestAt(at).set(digestsOf(pieces.map((piece) => piece.text)));
    }
    return {
      now: digests,
      undo: () => changes.forEach(({ at }, index) => digestAt(at).set(old[index] ?? [])),
    };
  }

  const digestAt = (at: number) => digests.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES);

  function digestsWith(changes: readonly Prepared[]): Buffer {
    const parts: Uint8Array[] = [];
    let from = 0;
    for (const { at, pieces } of changes) {
      const own = digestsOf(pieces.map((piece) => piece.text));
      parts.push(digests.subarray(from * DIGEST_BYTES, at * DIGEST_BYTES), own);
      from = at + 1;
    }
    return Buffer.concat([...parts, digests.subarray(from * DIGEST_BYTES)]);
  }

  /** From the last to the first, so that the places of those before stay as they are. */
  function apply(changes: readonly Prepared[]): void {
    for (const { at, pieces, content } of changes.toReversed()) {
      const [from, to] = [startOf(at), startOf(at + 1)];
      const more = content.reduce((sum, part) => sum + part.length, from - to);
      makeRoom(to, more);
      const old = keys[at] ?? null;
      if (old !== null) places.delete(old);
      if (pieces.length !== 1) makePlaces(at, pieces.length);
      let start = from;
      for (const [index, { key }] of pieces.entries()) {
        const part = content[index] ?? new Uint8Array();
        bytes.set(part, start);
        starts[at + index] = start;
        setKey(at + index, key);
        start += part.length;
      }
      for (let next = at + pieces.length; next < starts.length; next += 1) {
        starts[next] = (starts[next] ?? 0) + more;
      }
    }
  }

  /** Lets so many pieces be where there was one; what they are is to be set. */
  function makePlaces(at: number, count: number): void {
    const more = new Float64Array(starts.length + count - 1);
    more.set(starts.subarray(0, at));
    more.set(starts.subarray(at + 1), at + count);
    starts = more;
    const behind = keys.splice(at).slice(1);
    for (let index = 0; index < count; index += 1) keys.push(null);
    for (const key of behind) setKey(keys.length, key);
  }

  /** Moves what stands behind an offset, by so many bytes. */
  function makeRoom(from: number, by: number): void {
    if (length + by > bytes.length) {
      const larger = Buffer.alloc(length + by + LARGE);
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
    bytes.copyWithin(from + by, from, length);
    length += by;
  }

  return {
    get count() {
      return keys.length;
    },
    get hash() {
      return hash;
    },
    text: (at) => bytes.toString("utf8", startOf(at), startOf(at + 1)),
    key: (at) => keys[at] ?? null,
    find: (key) => places.get(key) ?? -1,
    change(changes) {
      const prepared = changes.map((change): Prepared => {
        return { ...change, content: change.pieces.map((piece) => Buffer.from(piece.text)) };
      });
      const parts = partsOf(prepared);
      const isFew = length >= LARGE && changes.length <= FEW;
      const content = isFew ? parts : [Buffer.concat(parts)];
      const { now, undo } = changeDigests(prepared);
      const changedHash = hashOfDigests(now);
      undo();
      return {
        content,
        hash: changedHash,
        apply() {
          digests = changeDigests(prepared).now;
          apply(prepared);
          hash = changedHash;
        },
      };
    },
  };
}

interface Prepared extends PieceChange {
  readonly content: readonly Uint8Array[];
}
