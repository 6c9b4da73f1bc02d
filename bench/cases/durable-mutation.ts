import { existsSync } from "node:fs";
import { showBytes } from "../report/figures.ts";
import type { Case } from "../support/case.ts";
import { openFloor } from "../support/floor.ts";
import { makeHome, type BenchHome, type HomeOptions } from "../support/home.ts";
import { openNaive } from "../support/naive.ts";
import { changeGroup, openRead } from "../support/open-home.ts";
import type { Result } from "../support/result.ts";
import { compare, type Alternative, type Effort } from "../support/sample.ts";
import { SIZES, type Size } from "../support/sizes.ts";

const DURABLE = "durable mutation";

/** Memory as a disk: there the floor costs next to nothing, and what the CPU does shows. */
const MEMORY_DISK = "/dev/shm";

const TIMES = { S: 1.3, M: 1.3, L: 1.25, XL: 1.25 } as const;
const FASTER = { S: null, M: 5, L: 20, XL: null } as const;

export const durableMutation: Case = {
  name: "durable",
  about: `One change of a group's description in a process that has the home open: committed to the cache, and written
through to the manifest. *The floor* is the least that such a change has to do: a commit of one row with
\`synchronous = FULL\`, and as many bytes as the manifest has written to a new file, fsynced, renamed over the old one, and the
folder fsynced. *The naive way* parses the whole file, changes the group, stringifies all and replaces the file as
durably, and has no cache to keep.`,
  sizes: ["S", "M", "L", "XL"],
  async run(size, effort) {
    const common = { what: DURABLE, size, unit: "ms" } as const;
    return withHome(SIZES[size], {}, async ({ made, change, note }) => {
      const [product, ofFloor] = await compareWithFloor(made, change, effort);
      const [again, ofNaive] = await compareWithNaive(made, change, effort);
      const most = { kind: "times", figure: TIMES[size] } as const;
      const least = { kind: "faster", figure: FASTER[size] } as const;
      return [
        { ...common, product, other: ofFloor, target: most, note },
        { ...common, product: again, other: ofNaive, target: least, note },
      ];
    });
  },
};

export const durableMutationInMemory: Case = {
  name: "durable-memory",
  about: `The same with the home and the floor on a file system in memory (\`/dev/shm\`), where writing costs next to nothing and
what the CPU does shows. Left out where there is no such file system.`,
  sizes: ["L"],
  async run(size, effort) {
    if (!existsSync(MEMORY_DISK)) return [];
    return withHome(SIZES[size], { within: MEMORY_DISK }, async ({ made, change, note }) => {
      const [product, other] = await compareWithFloor(made, change, effort);
      const target = { kind: "times", figure: size === "L" ? 1.4 : null } as const;
      return [{ what: `${DURABLE}, in memory`, size, unit: "ms", product, other, target, note }];
    });
  },
};

interface Place {
  readonly made: BenchHome;
  /** One change, committed and written through. */
  readonly change: Alternative;
  readonly note: string;
}

async function withHome(
  size: Size,
  options: HomeOptions,
  measure: (place: Place) => Promise<Result[]>,
): Promise<Result[]> {
  const made = makeHome(size, options);
  try {
    const home = await openRead(made);
    const run = (round: number) => changeGroup(home, size, round);
    const change = { name: "SkillMeat", run };
    try {
      return await measure({ made, change, note: showBytes(made.bytes) });
    } finally {
      await home.close();
    }
  } finally {
    made.remove();
  }
}

async function compareWithNaive(
  { root, manifest }: BenchHome,
  change: Alternative,
  effort: Effort,
) {
  const naive = openNaive(root, manifest);
  try {
    return await compare([change, { name: "the naive way", run: naive.run }], effort);
  } finally {
    await naive.close();
  }
}

function compareWithFloor({ root, manifest }: BenchHome, change: Alternative, effort: Effort) {
  const floor = openFloor(root, manifest);
  const alternatives = [change, { name: "the floor", run: floor.run }] as const;
  return compare(alternatives, effort).finally(floor.close);
}
