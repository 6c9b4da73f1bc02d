import { cliBundle } from "../../scripts/workspace.ts";
import type { Case } from "../support/case.ts";
import { runToEnd } from "../support/child.ts";
import { makeHome } from "../support/home.ts";
import { fillCache } from "../support/open-home.ts";
import { startProduct } from "../support/product-server.ts";
import { compare } from "../support/sample.ts";
import { SIZES } from "../support/sizes.ts";

export const cliStart: Case = {
  name: "cli",
  about: `The bundled \`skillmeat group list\` on a home with a cache, from the start of the process to its end: working on the home
itself (*embedded*), and asking the server that runs for it. Compared with \`node -e 0\`, the start and end of Node itself.
Node has kept what it compiled of the bundle: a first run, which is not counted, sees to that.`,
  sizes: ["S"],
  async run(size, effort) {
    const made = makeHome(SIZES[size]);
    try {
      await fillCache(made);
      const server = await startProduct(made.root);
      const list = [cliBundle, "group", "list"];
      const alternatives = [
        { name: "SkillMeat", run: () => runToEnd([...list, "--embedded"], made.root) },
        { name: "SkillMeat", run: () => runToEnd(list, made.root) },
        { name: "node -e 0", run: () => runToEnd(["-e", "0"], made.root) },
      ] as const;
      try {
        const [embedded, asking, other] = await compare(alternatives, effort);
        const limits = size === "S" ? ([2.2, 1.5] as const) : ([null, null] as const);
        const common = { size, unit: "ms", other, note: "" } as const;
        return [
          {
            what: "group list, embedded",
            product: embedded,
            target: { kind: "times", figure: limits[0] },
            ...common,
          },
          {
            what: "group list, of a server",
            product: asking,
            target: { kind: "times", figure: limits[1] },
            ...common,
          },
        ];
      } finally {
        await server.stop();
      }
    } finally {
      made.remove();
    }
  },
};
