import { getMimeType } from "hono/utils/mime";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The page that every address of the web app gets. */
const PAGE = "/index.html";

/** The folder of files whose names bear their content's hash, so that a browser need never ask for them again. */
const HASHED = "/assets/";

/** The files of the web app. */
export interface WebApp {
  /**
   * Answers a request for a file, or for a page of the app.
   * @param path as the URL has it
   * @param wantsPage whether the browser asks for a page, so that each address is one of the app
   * @returns null where there is no such file
   */
  answer(path: string, wantsPage: boolean): Response | null;
}

/**
 * Opens the web app. Its files are read when the first is asked for, and then kept: a build beside a running server
 * does not take them away from open pages, and no path leads anywhere else.
 * @param folder of the built app
 */
export function openWebApp(folder: string): WebApp {
  let files: Map<string, File> | undefined;
  return {
    answer(path, wantsPage) {
      files ??= readFiles(folder);
      const name = files.has(path) && path !== "/" ? path : PAGE;
      if (name === PAGE && !wantsPage && path !== PAGE) return null;
      const file = files.get(name);
      if (file === undefined) return null;
      const cache = name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache";
      return new Response(file.bytes, {
        headers: { "content-type": file.type, "cache-control": cache },
      });
    },
  };
}

interface File {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

function readFiles(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    const type = getMimeType(entry.name) ?? "application/octet-stream";
    files.set(path, { bytes: new Uint8Array(readFileSync(file)), type });
  }
  return files;
}
