import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { killServer } from "./through-server.ts";

/** A home of one test. Paths are relative to its root. */
export interface TestHome {
  readonly root: string;
  path(...parts: string[]): string;
  /** Writes a file, and the folders above it. */
  write(file: string, content: string | Uint8Array): void;
  read(file: string): string;
  /** Removes a file or a folder with all that is in it. */
  remove(file: string): void;
  /** The manifest's text of a collection. */
  manifest(collection?: string): string;
  /** Makes a collection from its manifest and its other files. */
  writeCollection(manifest: string, files?: Record<string, string>, collection?: string): void;
  /** Deletes the cache, as a person would; a server that was started for the commands is killed before. */
  deleteCache(): Promise<void>;
  /** Removes the whole home now; else the end of the test does. */
  destroy(): void;
}

/** Makes an empty home in a temporary folder that is removed when the running test is finished. */
export function createHome(): TestHome {
  const root = mkdtempSync(join(tmpdir(), "skillmeat-"));
  const destroy = () => rmSync(root, { recursive: true, force: true });
  onTestFinished(destroy);
  const path = (...parts: string[]) => join(root, ...parts);
  const manifestPath = (collection: string) => join("collections", collection, "collection.toml");
  const home: TestHome = {
    root,
    path,
    write(file, content) {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), content);
    },
    read: (file) => readFileSync(path(file), "utf8"),
    remove: (file) => rmSync(path(file), { recursive: true, force: true }),
    manifest: (collection = "default") => home.read(manifestPath(collection)),
    writeCollection(manifest, files = {}, collection = "default") {
      home.write(manifestPath(collection), manifest);
      for (const [file, content] of Object.entries(files)) {
        home.write(join("collections", collection, file), content);
      }
    },
    async deleteCache() {
      await killServer(root);
      home.remove("cache");
    },
    destroy,
  };
  return home;
}
