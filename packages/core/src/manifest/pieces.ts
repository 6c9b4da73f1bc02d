import { hash } from "node:crypto";

const DIGEST_BYTES = 32;

/** What begins an element of an array of tables, at the start of a line. */
const HEADER = "\n[[";

/**
 * A text in pieces: what stands before the first line that begins with `[[`, and what begins with each of
 * those. Lines within strings and comments count as well: a piece is a stretch of text and no more.
 */
export function splitPieces(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = text.indexOf(HEADER); at !== -1; at = text.indexOf(HEADER, at + 1)) {
    pieces.push(text.slice(start, at + 1));
    start = at + 1;
  }
  pieces.push(text.slice(start));
  return pieces;
}

/**
 * The hash under which a manifest's text is known: of the hashes of its pieces, so that where a piece
 * changes it is known without going through all others. SHA-256, in hexadecimal.
 */
export function hashOf(text: string): string {
  return hashOfDigests(digestsOf(splitPieces(text)));
}

/** The hashes of some pieces, one behind the other. */
export function digestsOf(pieces: readonly string[]): Buffer {
  const digests = Buffer.alloc(pieces.length * DIGEST_BYTES);
  pieces.forEach((piece, index) => {
    // As a text, a character a byte: to make a buffer for each takes as long as to hash it.
    digests.write(hash("sha256", piece, "binary"), index * DIGEST_BYTES, "latin1");
  });
  return digests;
}

/** The hash of the text whose pieces have these hashes. */
export function hashOfDigests(digests: Uint8Array): string {
  return hash("sha256", digests, "hex");
}
