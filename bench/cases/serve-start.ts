import type { Case } from "../support/case.ts";
import { runToEnd } from "../support/child.ts";
import { COLLECTION, makeHome } from "../support/home.ts";
import { fillCache } from "../support/open-home.ts";
import { startProduct, type ProductServer } from "../support/product-server.ts";
import type { Result } from "../support/result.ts";
import { compare } from "../support/sample.ts";
import { SIZES } from "../support/sizes.ts";

export const serveStart: Case = {
  name: "start",
  about: `The bundled \`skillmeat serve\` on a home with a cache, from the start of the process to its first answer, a \`tags.list\`. At S
compared with \`node -e 0\`, the start and end of Node itself; at L held to a time.`,
  sizes: ["S", "M", "L"],
  async run(size, effort) {
    const made = makeHome(SIZES[size]);
    let server: ProductServer | null = null;
    const stop = async () => {
      await server?.stop();
      server = null;
    };
    const alternatives = [
      {
        name: "SkillMeat",
        async run() {
          server = await startProduct(made.root);
          await server.query("tags.list", { collection: COLLECTION });
        },
        after: stop,
      },
      { name: "node -e 0", run: () => runToEnd(["-e", "0"], made.root) },
    ] as const;
    try {
      await fillCache(made);
      const [product, other] = await compare(alternatives, effort);
      const common = {
        what: "start to first answer",
        size,
        unit: "ms",
        product,
        note: "",
      } as const;
      const most = size === "S" ? 5 : null;
      const results: Result[] = [{ other, target: { kind: "times", figure: most }, ...common }];
      if (size === "L") {
        results.push({ other: null, target: { kind: "limit", figure: 1_500 }, ...common });
      }
      return results;
    } finally {
      await stop();
      made.remove();
    }
  },
};
