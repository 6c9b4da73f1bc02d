import { openHome, type Home } from "@skillmeat/core";
import type { Case } from "../support/case.ts";
import { COLLECTION, makeHome } from "../support/home.ts";
import { fillCache } from "../support/open-home.ts";
import { openRowsFloor } from "../support/rows-floor.ts";
import { compare } from "../support/sample.ts";
import { SIZES } from "../support/sizes.ts";

const TIMES = { S: null, M: null, L: 1.2, XL: 1.2 } as const;

export const recovery: Case = {
  name: "recovery",
  about: `All groups, tags and artifacts of a manifest read into an empty cache, which is there already. Compared with \`smol-toml\`
parsing the same file, and prepared statements that insert the rows which SkillMeat came to, of all tables with their
indexes, one by one in one transaction into an empty database with \`synchronous = FULL\`.`,
  sizes: ["S", "M", "L", "XL"],
  async run(size, effort) {
    const made = makeHome(SIZES[size]);
    try {
      await fillCache(made);
      const floor = openRowsFloor(made);
      let home: Home | null = null;
      const close = async () => {
        await home?.close();
        home = null;
      };
      const alternatives = [
        {
          name: "SkillMeat",
          async before() {
            made.forget();
            home = await openHome({ root: made.root });
          },
          run: () => home?.sync.ready(COLLECTION),
          after: close,
        },
        { name: "parse and insert", before: floor.empty, run: floor.run, after: floor.close },
      ] as const;
      try {
        const [product, other] = await compare(alternatives, effort);
        const target = { kind: "times", figure: TIMES[size] } as const;
        const note = `${floor.rows.toLocaleString("en")} rows`;
        return [{ what: "recovery", size, unit: "ms", product, other, target, note }];
      } finally {
        await close();
      }
    } finally {
      made.remove();
    }
  },
};
