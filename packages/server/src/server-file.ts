import { randomBytes } from "node:crypto";
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** What a running server leaves in its home, so that clients find it and may talk to it. */
export interface ServerRecord {
  readonly url: string;
  readonly pid: number;
  readonly token: string;
}

/** A fresh token of 256 bits. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * The record in a `server.json`, or null where there is none that can be read. That it is there does
 * not say that the server lives.
 */
export function readServerFile(file: string): ServerRecord | null {
  try {
    const record: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isServerRecord(record) ? record : null;
  } catch {
    return null;
  }
}

/** Writes a `server.json`: its owner alone can read it, and nobody sees half of it. */
export function writeServerFile(file: string, record: ServerRecord): void {
  const temporary = `${file}.${record.pid}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  // The umask may have taken bits away, and must not add any.
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}

/** Removes a `server.json` if it is still the one with this token. */
export function removeServerFile(file: string, token: string): void {
  if (readServerFile(file)?.token === token) rmSync(file, { force: true });
}

function isServerRecord(value: unknown): value is ServerRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "url" in value &&
    typeof value.url === "string" &&
    "pid" in value &&
    typeof value.pid === "number" &&
    "token" in value &&
    typeof value.token === "string"
  );
}
