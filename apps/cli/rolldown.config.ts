import { chmodSync, cpSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

/**
 * Bundles the command line from sources: no package needs to be built before. How it comes to start fast
 * stands in ARCHITECTURE, "The start of a command".
 */
export default defineConfig({
  input: { skillmeat: "src/main.ts" },
  platform: "node",
  preserveEntrySignatures: "allow-extension",
  external: ["better-sqlite3", "koffi"],
  resolve: { conditionNames: ["@skillmeat/source", "node", "import", "default"] },
  output: {
    dir: "dist",
    // To import a part of Node makes Node read every property of it: node:http then loads all of `fetch`.
    format: "cjs",
    entryFileNames: "[name].js",
    // A build beside a running command must neither take its chunks away nor put others in their place.
    chunkFileNames: "[name].[hash].js",
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: chunkOf, debugName: "rooms" }],
    },
  },
  plugins: [requireLate(), executable(), withWebApp()],
});

/** The chunk that a module belongs to: one a library, one a room of ours, one a file of schemas. */
function chunkOf(id: string): string | null {
  const library = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
  if (library !== undefined) return library.replace("@", "").replace("/", "-");
  const [, name = "", path = ""] = /\/packages\/([^/]+)\/src\/(.+)\.ts$/.exec(id) ?? [];
  if (name === "") return null;
  const isFine = /^(?:artifacts|routers|schema)\//.test(path) || !path.includes("/");
  return [name, ...path.split("/").slice(0, isFine ? undefined : -1)].join("-");
}

/**
 * Has each chunk, and each part of Node, loaded where it is first used, and not with every chunk that may
 * come to use it: `const a = require("./a.js")` becomes a function `a`, and each `a.b` becomes `a().b`. No
 * module that is bundled does anything when it is loaded that another waits for.
 */
function requireLate(): Plugin {
  return {
    name: "require-late",
    renderChunk(code) {
      const names = [...code.matchAll(REQUIRED)].map(([, name = ""]) => name);
      if (names.length === 0) return null;
      const name = `\\b(?:${names.join("|")})\\b`;
      const other = new RegExp(`${name}(?!\\.)`).exec(code.replace(REQUIRED, ""));
      if (other !== null) throw new Error(`${other[0]} is used otherwise than by its properties`);
      return code
        .replace(/^require\("[^"]+"\);\n/gm, "")
        .replace(new RegExp(`${name}(?=\\.)`, "g"), "($&())")
        .replace(REQUIRED, (_, variable: string, value: string, wrap?: string, isNode = "") => {
          const wrapped = wrap === undefined ? value : `${wrap}(${value}${isNode})`;
          return `let ${variable}$;\nfunction ${variable}() {\n\treturn ${variable}$ ??= ${wrapped};\n}\n`;
        });
    },
  };
}

/** How the bundler has a chunk load another one, or a part of Node. */
const REQUIRED =
  /^(?:const|let) (\w+) = (require\("[^"]+"\));\n(?:\1 = ((?:[\w()]+\.)?__toESM)\(\1(, 1)?\);\n)?/gm;

/** Makes the bundle a program of CommonJS, and names its chunks to what is to load them all. */
function executable(): Plugin {
  return {
    name: "executable",
    writeBundle({ dir = "dist" }, bundle) {
      chmodSync(join(dir, "skillmeat.js"), 0o755);
      const chunks = Object.keys(bundle);
      for (const file of readdirSync(dir)) {
        if (!chunks.includes(file) && file !== WEB_APP) removeOld(join(dir, file));
      }
      const manifest = { type: "commonjs", chunks };
      writeFileSync(join(dir, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

/** The folder of the web app, beside the bundle that serves it. */
const WEB_APP = "web";

/** Puts the web app, as it was built, beside the bundle. */
function withWebApp(): Plugin {
  return {
    name: "with-web-app",
    writeBundle({ dir = "dist" }) {
      const target = join(dir, WEB_APP);
      rmSync(target, { recursive: true, force: true });
      cpSync("../web/dist", target, { recursive: true });
    },
  };
}

/** Removes a file of an earlier build, once no command runs any more that began before this one. */
function removeOld(file: string): void {
  if (Date.now() - statSync(file).mtimeMs > DAY_MS) rmSync(file, { force: true });
}

const DAY_MS = 24 * 60 * 60 * 1000;
