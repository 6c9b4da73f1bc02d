import { openHome, type Home } from "@skillmeat/core";
import { statSync } from "node:fs";
import type { Case } from "../support/case.ts";
import { COLLECTION, makeHome } from "../support/home.ts";
import { compare } from "../support/sample.ts";
import { SIZES } from "../support/sizes.ts";

export const refresh: Case = {
  name: "refresh",
  about: `A refresh of a collection whose artifacts are folders with a \`SKILL.md\` each, and whose manifest names none: the *first*,
into an empty cache that is there already, and one of an *unchanged* collection. Compared with \`stat\` of every \`SKILL.md\`.`,
  sizes: ["L"],
  async run(size, effort) {
    const made = makeHome(SIZES[size], { artifactsIn: "folders" });
    let home: Home | null = null;
    const open = async () => {
      home = await openHome({ root: made.root });
    };
    const close = async () => {
      await home?.close();
      home = null;
    };
    const stat = {
      name: "stat of every file",
      run: () => made.files.map((file) => statSync(file).size),
    } as const;
    const first = {
      name: "SkillMeat",
      async before() {
        made.forget();
        await open();
      },
      run: () => home?.sync.refresh(COLLECTION),
      after: close,
    } as const;
    const unchanged = { name: "SkillMeat", run: () => home?.sync.refresh(COLLECTION) } as const;
    try {
      const [ofFirst, ofStat] = await compare([first, stat], effort);
      await open();
      const [ofUnchanged, ofStatAgain] = await compare([unchanged, stat], effort);
      const limits = size === "L" ? ([4, 1.5] as const) : ([null, null] as const);
      const note = `${made.files.length.toLocaleString("en")} files`;
      const common = { size, unit: "ms", note } as const;
      return [
        {
          what: "refresh, first",
          product: ofFirst,
          other: ofStat,
          target: { kind: "times", figure: limits[0] },
          ...common,
        },
        {
          what: "refresh, unchanged",
          product: ofUnchanged,
          other: ofStatAgain,
          target: { kind: "times", figure: limits[1] },
          ...common,
        },
      ];
    } finally {
      await close();
      made.remove();
    }
  },
};
