import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { cliBundle } from "../support/cli.ts";
import { createHome, type TestHome } from "../support/home.ts";
import { startServer, type ServerProcess } from "../support/serve.ts";
import { groupRow, HEAD, tagRow } from "../support/texts.ts";
import { inProcess } from "./support/kill/view.ts";

const isLong = process.env["FAULTS_LONG"] === "1";

const PATIENCE = 30_000;
const NOBODY = 65_534;
const FOLDER = "collections/default";
const NO_MOUNT = "only root can mount a disk of a few kilobytes, and not everywhere";

/** More than some pages, so that a disk may have room for a part of it. */
const LINES = "# A line that a person wrote.\n".repeat(1_000);
const MANIFEST = `${LINES}${HEAD}${tagRow("T", "t")}${groupRow("A")}`;

/** Puts a disk in memory in place of a folder. @returns whether that can be done here */
function mountDisk(folder: string, kilobytes: number): boolean {
  mkdirSync(folder, { recursive: true });
  const size = `size=${kilobytes}k,mode=755`;
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder]);
  if (status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", ["--lazy", folder]));
  return true;
}

/** Fills a disk but for some bytes. @returns what makes room again */
function fillDisk(home: TestHome, folder: string, room: number): () => void {
  const filler = home.path(folder, "filler");
  writeFileSync(`${filler}-room`, Buffer.alloc(room));
  const fill = () => {
    for (;;) appendFileSync(filler, Buffer.alloc(4_096));
  };
  expect(fill).toThrow("ENOSPC");
  home.remove(`${folder}/filler-room`);
  return () => home.remove(`${folder}/filler`);
}

async function groupsOf({ client }: ServerProcess): Promise<string[]> {
  return (await client.groups.list.query({})).items.map(({ name }) => name);
}

/** The server writes what waits without being told; then it is in the file, also without the cache. */
async function expectSavedByItself(home: TestHome, server: ServerProcess): Promise<void> {
  const state = async () => (await server.client.sync.status.query()).collections[0]?.state;
  await expect.poll(() => home.manifest(), { timeout: PATIENCE }).toContain('name = "B"');
  await expect.poll(state, { timeout: PATIENCE }).toBe("clean");
  expect(home.manifest()).toContain(LINES);
  expect(readdirSync(home.path(FOLDER))).toEqual(["collection.toml"]);
  expect(await groupsOf(server)).toEqual(["A", "B"]);
  await server.stop("SIGKILL");
  home.remove("cache/cache.db");
  const recovered = await inProcess(home.root, ({ groups }) => groups.list.query({}));
  expect(recovered.items.map(({ name }) => name)).toEqual(["A", "B"]);
}

test.for(isLong ? [0, 8_192] : [8_192])(
  "on a full disk with room for %i bytes the manifest stays as it is, and is written once there is room",
  async (room, { skip }) => {
    const home = createHome();
    skip(!mountDisk(home.path(FOLDER), 256), NO_MOUNT);
    home.writeCollection(MANIFEST);
    const server = await startServer(home);
    const makeRoom = fillDisk(home, FOLDER, room);

    const reply = await server.client.groups.create.mutate({ name: "B" });
    expect(reply).toMatchObject({ saved: false, reason: expect.stringContaining("ENOSPC") });
    expect(home.manifest()).toBe(MANIFEST);
    // The server tries again by itself, which takes a temporary file each time.
    await expect
      .poll(() => readdirSync(home.path(FOLDER)).toSorted())
      .toEqual(["collection.toml", "filler"]);
    makeRoom();
    await expectSavedByItself(home, server);
  },
);

test("where the disk under the cache is full a mutation fails as a whole, and can be done once there is room", async ({
  skip,
}) => {
  const home = createHome();
  skip(!mountDisk(home.path("cache"), 1_024), NO_MOUNT);
  home.writeCollection(MANIFEST);
  const server = await startServer(home);
  const makeRoom = fillDisk(home, "cache", 0);

  const create = () => server.client.groups.create.mutate({ name: "B" });
  await expect(create()).rejects.toMatchObject({
    message: expect.stringMatching(/cache.* cannot be used: .*full/),
    data: { reason: "cache-unusable", hint: expect.stringContaining("free space") },
  });
  expect(home.manifest()).toBe(MANIFEST);
  expect(await groupsOf(server)).toEqual(["A"]);
  makeRoom();
  expect(await create()).toMatchObject({ saved: true, reason: null });
  await expectSavedByItself(home, server);
});

/** What runs a command as a user whom a mode stops; null where that cannot be done here. */
function stoppableUser(home: TestHome): readonly string[] | null {
  if (process.getuid?.() !== 0) return [];
  const rest = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const { status } = spawnSync("setpriv", [...rest, process.execPath, cliBundle, "--version"]);
  if (status !== 0) return null;
  for (const file of ["", ...readdirSync(home.root, { recursive: true, encoding: "utf8" })]) {
    chownSync(home.path(file), NOBODY, NOBODY);
  }
  return ["setpriv", ...rest];
}

const FORBIDDEN = [
  ["a folder that may not be looked into", FOLDER, 0o000],
  ["a folder that may not be written", FOLDER, 0o555],
  ["a manifest that may not be read", `${FOLDER}/collection.toml`, 0o000],
] as const;

test.for(isLong ? FORBIDDEN : FORBIDDEN.slice(0, 1))(
  "%s keeps the manifest as it is, and it is written once that is allowed",
  async ([, place, mode], { skip }) => {
    const home = createHome();
    home.writeCollection(MANIFEST);
    const prefix = stoppableUser(home);
    skip(prefix === null, "root cannot become another user that may run this clone's CLI");
    const server = await startServer(home, prefix ?? []);
    const before = statSync(home.path(place)).mode;
    onTestFinished(() => chmodSync(home.path(place), before));
    chmodSync(home.path(place), mode);

    const reply = await server.client.groups.create.mutate({ name: "B" });
    expect(reply).toMatchObject({ saved: false, reason: expect.stringContaining("EACCES") });
    chmodSync(home.path(place), before);
    expect(home.manifest()).toBe(MANIFEST);
    await expectSavedByItself(home, server);
  },
);
