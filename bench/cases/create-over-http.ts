import { startBare } from "../support/bare.ts";
import type { Case } from "../support/case.ts";
import { COLLECTION, makeHome } from "../support/home.ts";
import { fillCache } from "../support/open-home.ts";
import { startProduct } from "../support/product-server.ts";
import { compare } from "../support/sample.ts";
import { SIZES } from "../support/sizes.ts";

const NAME = "One more";

export const createOverHttp: Case = {
  name: "create",
  about: `A group created over HTTP, committed and written through; it is deleted again, unmeasured. Compared with a bare
\`node:http\` server in a process of its own that does the floor of a durable mutation and echoes what it was sent.`,
  sizes: ["S", "M", "L"],
  async run(size, effort) {
    const made = makeHome(SIZES[size]);
    try {
      await fillCache(made);
      const bare = await startBare(made);
      const server = await startProduct(made.root);
      const input = { collection: COLLECTION, name: NAME, description: "For the time being" };
      const alternatives = [
        {
          name: "SkillMeat",
          run: () => server.mutate("groups.create", input),
          after: () => server.mutate("groups.delete", { collection: COLLECTION, group: NAME }),
        },
        { name: "echo and the floor", run: () => bare.durable(input) },
      ] as const;
      try {
        const [product, other] = await compare(alternatives, effort);
        const target = { kind: "times", figure: size === "XL" ? null : 1.5 } as const;
        const what = "create a group over HTTP";
        return [{ what, size, unit: "ms", product, other, target, note: "" }];
      } finally {
        await server.stop();
        await bare.stop();
      }
    } finally {
      made.remove();
    }
  },
};
