import { Session } from "node:inspector/promises";
import { openFloor } from "../support/floor.ts";
import { makeHome } from "../support/home.ts";
import { changeGroup, openRead } from "../support/open-home.ts";
import { statsOf } from "../support/sample.ts";
import type { Size, SizeName } from "../support/sizes.ts";
import { PARTS, whereTimeWent, type Part } from "./where.ts";

/** Where the time of one durable mutation goes. */
export interface MutationProfile {
  readonly size: SizeName;
  /** How many mutations were sampled. */
  readonly n: number;
  /** The median of one mutation, and of one floor, in ms. */
  readonly mutation: number;
  readonly floor: number;
  /** Of one mutation, in ms. */
  readonly parts: readonly { readonly part: Part; readonly ms: number }[];
}

/** How often the stack is looked at, in µs. */
const INTERVAL = 100;

/**
 * Samples durable mutations, one after the other, each followed by its floor.
 * @param n how many; as many again come before, so that what is sampled is compiled
 */
export async function profileMutation(size: Size, n: number): Promise<MutationProfile> {
  const made = makeHome(size);
  const home = await openRead(made);
  const floor = openFloor(made.root, made.manifest);
  const session = new Session();
  session.connect();
  try {
    const mutations: number[] = [];
    const floors: number[] = [];
    const both = async (round: number) => {
      mutations.push(await timed(() => changeGroup(home, size, round)));
      floors.push(await timed(floor.run));
    };
    for (let round = 0; round < n; round += 1) await both(round);
    mutations.length = 0;
    floors.length = 0;
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
    await session.post("Profiler.start");
    for (let round = 0; round < n; round += 1) await both(round);
    const { profile } = await session.post("Profiler.stop");
    const times = whereTimeWent(profile, (frames) => !frames.some(isOfFloor));
    return {
      size: size.name,
      n,
      mutation: statsOf("", mutations).median,
      floor: statsOf("", floors).median,
      parts: PARTS.map((part) => ({ part, ms: (times.get(part) ?? 0) / n })),
    };
  } finally {
    session.disconnect();
    floor.close();
    await home.close();
    made.remove();
  }
}

function isOfFloor({ url }: { readonly url: string }): boolean {
  return url.endsWith("/floor.ts");
}

async function timed(run: () => unknown): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
