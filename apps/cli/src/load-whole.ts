import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/**
 * Loads all chunks of the bundle, which are else loaded where they are first used: a process that lives long
 * must not find those of another version in their place.
 * @param manifest names them, beside it; run from sources there is none, and nothing to do
 */
export async function loadWhole(
  manifest = fileURLToPath(new URL("package.json", import.meta.url)),
): Promise<void> {
  if (!existsSync(manifest)) return;
  const load = createRequire(manifest);
  for (const chunk of chunksIn(JSON.parse(readFileSync(manifest, "utf8")))) {
    // Calls that come meanwhile have their turn.
    await turn();
    load(`./${chunk}`);
  }
}

function chunksIn(manifest: unknown): string[] {
  const isRecord = typeof manifest === "object" && manifest !== null && "chunks" in manifest;
  return isRecord && Array.isArray(manifest.chunks) ? manifest.chunks.map(String) : [];
}
