import { connect } from "@skillmeat/client/node";
import { showRate } from "../report/figures.ts";
import type { Case } from "../support/case.ts";
import { makeHome } from "../support/home.ts";
import { fillCache, groupChange } from "../support/open-home.ts";
import { startProduct } from "../support/product-server.ts";
import type { Result } from "../support/result.ts";
import { compare, type Effort, type Stats } from "../support/sample.ts";
import { SIZES, type Size, type SizeName } from "../support/sizes.ts";

const CLIENTS = 64;

const FASTER = { S: null, M: 10, L: 20, XL: null } as const;

/** Does one durable mutation; each with a number of its own changes another group. */
type Mutate = (number: number) => Promise<unknown>;

export const concurrentClients: Case = {
  name: "concurrent",
  about: `${CLIENTS} changes of groups at once, each by a client of its own, against the same one after the other. Noted is the time
for one. *Over HTTP* each client has a connection of its own to the running server; *embedded* all of them are in one
process that works on the home itself through the typed client.`,
  sizes: ["M", "L"],
  async run(name, effort) {
    const size = SIZES[name];
    const made = makeHome(size);
    try {
      await fillCache(made);
      return [await overHttp(made.root, size, effort), await embedded(made.root, size, effort)];
    } finally {
      made.remove();
    }
  },
};

async function overHttp(root: string, size: Size, effort: Effort): Promise<Result> {
  const server = await startProduct(root);
  try {
    const mutate: Mutate = (number) => server.mutate("groups.update", groupChange(size, number));
    return resultOf("over HTTP", size.name, await compareBoth(mutate, effort));
  } finally {
    await server.stop();
  }
}

async function embedded(root: string, size: Size, effort: Effort): Promise<Result> {
  const { client, close } = await connect({ home: root, embedded: true });
  try {
    const mutate: Mutate = async (number) => {
      const { saved, reason } = await client.groups.update.mutate(groupChange(size, number));
      if (!saved) throw new Error(`It was not saved: ${reason}`);
    };
    return resultOf("embedded", size.name, await compareBoth(mutate, effort));
  } finally {
    await close();
  }
}

/** One at a time does fewer, as each of them takes as long as the last. */
const ALONE = 8;

function compareBoth(mutate: Mutate, effort: Effort) {
  return compare(
    [
      {
        name: `SkillMeat, ${CLIENTS} at once`,
        things: CLIENTS,
        run: (round) => Promise.all(numbered(CLIENTS, round).map(mutate)),
      },
      {
        name: "one at a time",
        things: ALONE,
        async run(round) {
          for (const number of numbered(ALONE, round)) await mutate(number);
        },
      },
    ],
    effort,
  );
}

function numbered(count: number, round: number): number[] {
  return Array.from({ length: count }, (_, index) => round * CLIENTS + index);
}

function resultOf(how: string, size: SizeName, [product, other]: readonly [Stats, Stats]): Result {
  const perSecond = ({ median }: Stats) => showRate(1_000 / median);
  return {
    what: `${CLIENTS} concurrent mutations, ${how}`,
    size,
    unit: "ms",
    product,
    other,
    target: { kind: "faster", figure: FASTER[size] },
    note: `${perSecond(product)} against ${perSecond(other)} a second`,
  };
}
