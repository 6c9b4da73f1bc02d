import { isDeepStrictEqual } from "node:util";
import { startBare } from "../support/bare.ts";
import type { Case } from "../support/case.ts";
import { COLLECTION, makeHome } from "../support/home.ts";
import { fieldOf } from "../support/json.ts";
import { tagSlug } from "../support/manifest-text.ts";
import { fillCache } from "../support/open-home.ts";
import { startProduct } from "../support/product-server.ts";
import type { Result } from "../support/result.ts";
import { compare, type Effort } from "../support/sample.ts";
import { SIZES, type SizeName } from "../support/sizes.ts";
import {
  alsoMatchesSearch,
  listArtifacts,
  listGroups,
  matchesSearch,
  matchesTag,
} from "../support/sql.ts";

/** A query, and the same in SQL. */
interface Read {
  readonly what: string;
  readonly procedure: string;
  readonly input: object;
  readonly sql: string;
  readonly parameters: readonly string[];
}

const AGAINST = `Compared with a bare \`node:http\` server in a process of its own that answers with the text which one prepared
SQL statement on the same cache makes of the same rows; that both give the same is checked before.`;

export const groupsList: Case = {
  name: "groups-list",
  about: `\`groups.list\`, all groups with their members, over HTTP. ${AGAINST}`,
  sizes: ["L"],
  run(size, effort) {
    const input = { collection: COLLECTION };
    const what = "groups.list with members";
    const read = { what, procedure: "groups.list", input, sql: listGroups, parameters: [] };
    return measure([read], size, effort, size === "L" ? 2.5 : null);
  },
};

export const artifactsList: Case = {
  name: "artifacts-list",
  about: `\`artifacts.list\`, a page of 50 over HTTP: those with a tag, those that hold a text, and those that do both. ${AGAINST}
It looks for the text with \`like\`.`,
  sizes: ["XL"],
  run(size, effort) {
    const slug = tagSlug(5);
    // One that few artifacts hold, and one that many of the tagged hold.
    const rare = String(Math.floor(SIZES[size].artifacts / 8));
    const reads = [
      readArtifacts("by tag", { tag: slug }, [matchesTag], [slug]),
      readArtifacts("by text", { search: rare }, [matchesSearch], likes(rare)),
      readArtifacts(
        "by tag and text",
        { tag: slug, search: "2" },
        [matchesTag, alsoMatchesSearch],
        [slug, ...likes("2")],
      ),
    ];
    return measure(reads, size, effort, size === "XL" ? 2.5 : null);
  },
};

function readArtifacts(
  how: string,
  filter: object,
  conditions: readonly string[],
  parameters: readonly string[],
): Read {
  return {
    what: `artifacts.list ${how}, 50`,
    procedure: "artifacts.list",
    input: { collection: COLLECTION, limit: 50, ...filter },
    sql: listArtifacts(conditions),
    parameters,
  };
}

function likes(text: string): string[] {
  return Array.from({ length: 5 }, () => `%${text}%`);
}

async function measure(
  reads: readonly Read[],
  name: SizeName,
  effort: Effort,
  most: number | null,
): Promise<Result[]> {
  const made = makeHome(SIZES[name]);
  try {
    await fillCache(made);
    const bare = await startBare(made);
    const server = await startProduct(made.root);
    try {
      const results: Result[] = [];
      for (const { what, procedure, input, sql, parameters } of reads) {
        const ask = () => server.query(procedure, input);
        const askBare = () => bare.sql(sql, parameters);
        const items = fieldOf(JSON.parse(await ask()), "result", "data", "items");
        const bareItems = fieldOf(JSON.parse(await askBare()), "items");
        if (!isDeepStrictEqual(items, bareItems)) throw new Error(`SQL has another ${what}`);
        const alternatives = [
          { name: "SkillMeat", run: ask },
          { name: "SQL and node:http", run: askBare },
        ] as const;
        const [product, other] = await compare(alternatives, effort);
        const note = `${Array.isArray(items) ? items.length : 0} items`;
        const target = { kind: "times", figure: most } as const;
        results.push({ what, size: name, unit: "ms", product, other, target, note });
      }
      return results;
    } finally {
      await server.stop();
      await bare.stop();
    }
  } finally {
    made.remove();
  }
}
