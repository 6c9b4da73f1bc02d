import { openHome, type Home } from "@skillmeat/core";
import { cliBundle } from "../../scripts/workspace.ts";
import { openFloor } from "../support/floor.ts";
import { runToEnd, startListening } from "../support/child.ts";
import { COLLECTION, makeHome, type BenchHome, type HomeOptions } from "../support/home.ts";
import { changeGroup, fillCache, groupChange, openRead } from "../support/open-home.ts";
import { startProduct } from "../support/product-server.ts";
import { SIZES, type SizeName } from "../support/sizes.ts";
import { createProcessSampler, profileOf, sampleHere, type Profile } from "./sampled.ts";

/** How many clients are at work at once. */
const CLIENTS = 64;

/** How much is sampled. */
export interface ProfileEffort {
  /** About how many of each; fewer of what takes long. */
  readonly rounds: number;
  readonly medium: SizeName;
  readonly large: SizeName;
}

/** Samples what the benchmarks measure, one thing after the other. */
export async function makeProfiles({ rounds, medium, large }: ProfileEffort): Promise<Profile[]> {
  const some = (part: number) => Math.max(1, Math.round(rounds * part));
  return [
    await mutation("S", some(1)),
    await floorOf("S", some(1)),
    await mutation(medium, some(1)),
    await floorOf(medium, some(1)),
    await mutation(large, some(0.3)),
    await floorOf(large, some(0.3)),
    await atOnce(medium, some(0.1)),
    await recovery(large, some(0.01)),
    await firstRefresh(large, some(0.01)),
    await serveStart("S", some(0.03)),
    await groupList("S", some(0.03), "embedded"),
    await groupList("S", some(0.03), "of a server"),
  ];
}

function mutation(name: SizeName, n: number): Promise<Profile> {
  return inHome(name, {}, async (made) => {
    const home = await openRead(made);
    try {
      const run = (round: number) => changeGroup(home, SIZES[name], round);
      return await sampleHere({ what: `durable mutation, ${name}`, n, run });
    } finally {
      await home.close();
    }
  });
}

/** The floor that a mutation is held against. */
function floorOf(name: SizeName, n: number): Promise<Profile> {
  return inHome(name, {}, async ({ root, manifest }) => {
    const floor = openFloor(root, manifest);
    try {
      return await sampleHere({ what: `the floor of a mutation, ${name}`, n, run: floor.run });
    } finally {
      floor.close();
    }
  });
}

/** Of one mutation, in the server. */
function atOnce(name: SizeName, rounds: number): Promise<Profile> {
  return inHome(name, {}, async (made) => {
    await fillCache(made);
    const sampler = createProcessSampler();
    try {
      const server = await startProduct(made.root, sampler.flags);
      const took: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const started = performance.now();
        const inputs = Array.from({ length: CLIENTS }, (_, client) =>
          groupChange(SIZES[name], round * CLIENTS + client),
        );
        await Promise.all(inputs.map((input) => server.mutate("groups.update", input)));
        const each = (performance.now() - started) / CLIENTS;
        took.push(...inputs.map(() => each));
      }
      await server.end();
      return profileOf(`${CLIENTS} mutations at once over HTTP, ${name}`, took, sampler.take());
    } finally {
      sampler.remove();
    }
  });
}

function recovery(name: SizeName, n: number): Promise<Profile> {
  return readAnew(`recovery, ${name}`, name, {}, n, (home) => home.sync.ready(COLLECTION));
}

function firstRefresh(name: SizeName, n: number): Promise<Profile> {
  const options = { artifactsIn: "folders" } as const;
  const read = (home: Home) => home.sync.refresh(COLLECTION);
  return readAnew(`refresh, first, ${name}`, name, options, n, read);
}

function readAnew(
  what: string,
  name: SizeName,
  options: HomeOptions,
  n: number,
  read: (home: Home) => Promise<unknown>,
): Promise<Profile> {
  return inHome(name, options, async (made) => {
    let home: Home | null = null;
    const before = async () => {
      await home?.close();
      made.forget();
      home = await openHome({ root: made.root });
    };
    const run = () => (home === null ? null : read(home));
    try {
      return await sampleHere({ what, n, before, run });
    } finally {
      await closeIfOpen(home);
    }
  });
}

async function closeIfOpen(home: Home | null): Promise<void> {
  await home?.close();
}

function serveStart(name: SizeName, n: number): Promise<Profile> {
  return ofProcesses(`start of a server, and its end, ${name}`, name, n, async (root, flags) => {
    const server = await startProduct(root, flags);
    await server.query("tags.list", { collection: COLLECTION });
    await server.end();
  });
}

function groupList(name: SizeName, n: number, how: "embedded" | "of a server"): Promise<Profile> {
  const options = how === "embedded" ? ["--embedded"] : [];
  return ofProcesses(`group list, ${how}, ${name}`, name, n, async (root, flags) => {
    const server =
      how === "embedded"
        ? null
        : await startListening([cliBundle, "serve", "--port", "0", "--json"], root);
    try {
      const started = performance.now();
      await runToEnd([...flags, cliBundle, "group", "list", ...options], root);
      return performance.now() - started;
    } finally {
      await server?.stop();
    }
  });
}

/** @param run starts a process with the flags given, to its end; may say how long that took, in ms */
function ofProcesses(
  what: string,
  name: SizeName,
  n: number,
  run: (root: string, flags: readonly string[]) => Promise<number | void>,
): Promise<Profile> {
  return inHome(name, {}, async (made) => {
    await fillCache(made);
    const sampler = createProcessSampler();
    const took: number[] = [];
    try {
      // Node keeps what it compiles: the first one is not counted.
      await run(made.root, []);
      for (let round = 0; round < n; round += 1) {
        const started = performance.now();
        const said = await run(made.root, sampler.flags);
        took.push(said ?? performance.now() - started);
      }
      return profileOf(what, took, sampler.take());
    } finally {
      sampler.remove();
    }
  });
}

async function inHome<T>(
  name: SizeName,
  options: HomeOptions,
  work: (made: BenchHome) => Promise<T>,
): Promise<T> {
  const made = makeHome(SIZES[name], options);
  try {
    return await work(made);
  } finally {
    made.remove();
  }
}
