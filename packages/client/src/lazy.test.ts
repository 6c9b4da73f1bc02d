import { fileURLToPath } from "node:url";
import { rolldown, type OutputChunk } from "rolldown";
import { expect, test } from "vitest";

/** The sources that are loaded with a chunk, before any `import()` runs. */
function loadedWith(chunk: OutputChunk, all: readonly OutputChunk[]): string[] {
  const imported = all.filter(({ fileName }) => chunk.imports.includes(fileName));
  return [...chunk.moduleIds, ...imported.flatMap((other) => loadedWith(other, all))];
}

test("the entry for Node loads the core and the procedures only where it embeds them", async () => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("node.ts", import.meta.url)),
    platform: "node",
    external: ["better-sqlite3"],
    resolve: { conditionNames: ["@skillmeat/source", "node", "import", "default"] },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const chunks = output.filter((file) => file.type === "chunk");
  const [entry] = output;
  const isOurs = (id: string) => /\/packages\/(?:core|server)\/src\//.test(id);
  const fileOf = (id: string) => id.slice(id.indexOf("/packages/"));
  expect(loadedWith(entry, chunks).filter(isOurs).map(fileOf)).toEqual([
    "/packages/server/src/server-file.ts",
  ]);
  const later = chunks.flatMap(({ moduleIds }) => moduleIds).map(fileOf);
  expect(later).toContain("/packages/server/src/router.ts");
  expect(later).toContain("/packages/core/src/home.ts");
  expect(later.filter((id) => id.includes("/server/src/http/"))).toEqual([]);
});
