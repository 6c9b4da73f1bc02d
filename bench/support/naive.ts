import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { replaceDurably } from "./floor.ts";

/** How one would write the change of a group without further thought. */
export interface Naive {
  /** Parses the whole file, changes a group, writes the whole file anew. */
  run(round: number): void;
  close(): void;
}

/**
 * Makes a copy of a file to change it naively.
 * @param beside a folder on the same disk
 */
export function openNaive(beside: string, model: string): Naive {
  const folder = mkdtempSync(join(beside, "naive-"));
  const path = join(folder, "collection.toml");
  cpSync(model, path);
  return {
    run(round) {
      const table = parse(readFileSync(path, "utf8"));
      const { groups } = table;
      if (!Array.isArray(groups)) throw new TypeError("The file has no groups");
      const group = groups[round % groups.length];
      Object.assign(Object(group), { description: `Changed in round ${round}` });
      replaceDurably(path, Buffer.from(stringify(table)), folder);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
