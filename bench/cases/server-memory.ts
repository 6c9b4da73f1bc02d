import { existsSync, readFileSync } from "node:fs";
import type { Case } from "../support/case.ts";
import { COLLECTION, makeHome } from "../support/home.ts";
import { fillCache, groupChange } from "../support/open-home.ts";
import { startProduct } from "../support/product-server.ts";
import { statsOf, type Effort } from "../support/sample.ts";
import { SIZES } from "../support/sizes.ts";

const MUTATIONS = 1_000;
const LEAST = 10;

/** What a garbage collector that was not asked yet may leave: more than that is growth. */
const NOISE = 1.1;

export const serverMemory: Case = {
  name: "memory",
  about: `The memory (resident set) of the bundled server while a client makes ${MUTATIONS.toLocaleString("en")} changes of groups, one after the
other, looked at after each: the last tenth against what it was at the start, after its first answer and before the first change, where
more than ${Math.round((NOISE - 1) * 100)} % is growth, and against a limit. Where the time that a comparison may take is up there are fewer; n is a tenth of them. Left out where there is no \`/proc\`.`,
  sizes: ["L"],
  async run(size, effort) {
    if (!existsSync("/proc/self/status")) return [];
    const made = makeHome(SIZES[size]);
    try {
      await fillCache(made);
      const server = await startProduct(made.root);
      try {
        await server.query("groups.list", { collection: COLLECTION });
        const before = residentMb(server.pid);
        const mutate = (round: number) =>
          server.mutate("groups.update", groupChange(SIZES[size], round));
        const figures = await watchMemory(server.pid, mutate, effort);
        const tenth = Math.ceil(figures.length / 10);
        const product = statsOf("SkillMeat, the last tenth", figures.slice(-tenth));
        const other = statsOf("at the start", [before]);
        const first = statsOf("the first tenth", figures.slice(0, tenth)).median;
        const note = `${figures.length} mutations; of the first tenth ${first.toFixed(0)} MB`;
        const common = { what: "memory of the server", size, unit: "MB", product, note } as const;
        const limits = size === "L" ? ([NOISE, 200] as const) : ([null, null] as const);
        return [
          { other, target: { kind: "times", figure: limits[0] }, ...common },
          { other: null, target: { kind: "limit", figure: limits[1] }, ...common },
        ];
      } finally {
        await server.stop();
      }
    } finally {
      made.remove();
    }
  },
};

async function watchMemory(
  pid: number,
  mutate: (round: number) => Promise<void>,
  { most }: Effort,
): Promise<number[]> {
  const figures: number[] = [];
  const started = performance.now();
  while (
    figures.length < LEAST ||
    (figures.length < MUTATIONS && performance.now() - started < most)
  ) {
    await mutate(figures.length);
    figures.push(residentMb(pid));
  }
  return figures;
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) / 1_024;
}
