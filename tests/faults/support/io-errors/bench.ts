import type { SkillmeatClient } from "@skillmeat/client";
import type { WriteOutcome } from "@skillmeat/core";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeHome, manifestOf, removeHome } from "../kill/home.ts";
import { startVictim, type Victim } from "../kill/victim.ts";
import { viewOf } from "../kill/view.ts";
import type { Pair } from "./pairs.ts";

/** What lies in a home's collections, without what is hidden, and without what no two runs share. */
export interface Files {
  readonly manifests: string;
  readonly others: string;
}

/** What a home holds at one moment: on disk, and as a client is shown it. */
export interface State {
  readonly files: Files;
  readonly view: string;
}

/** One of the two mutations of a pair. */
export interface Turn {
  readonly name: string;
  readonly isThere: boolean;
  run(): Promise<WriteOutcome>;
}

/** A server on a home of its own, on which one mutation after the other is tried. */
export interface Bench {
  readonly root: string;
  readonly pair: Pair;
  readonly victim: Victim;
  readonly client: SkillmeatClient;
  isAlive(): boolean;
  turn(isThere: boolean): Turn;
  /** What a turn leads to where nothing fails. */
  after(isThere: boolean): State;
  look(): Promise<State>;
  /** A person changes the manifest: what is their own, and what is not. Returns the text. */
  edit(): string;
  /** Ends the server and removes the home. */
  close(): Promise<void>;
}

/** Makes a home, starts a server on it, and does a pair's mutations, so that it is known what they lead to. */
export async function openBench(pair: Pair): Promise<Bench> {
  const root = makeHome();
  const victim = await startVictim(root);
  if (victim === null) throw new Error("The server was killed by another");
  let isAlive = true;
  void victim.ended.then(() => (isAlive = false));
  const states = new Map<boolean, State>();
  let edits = 0;
  const bench: Bench = {
    root,
    pair,
    victim,
    client: victim.client,
    isAlive: () => isAlive,
    turn: (isThere) => ({
      name: `${pair.name}, ${isThere ? "the first" : "the second"}`,
      isThere,
      run: () => (isThere ? pair.there : pair.back)(victim.client, root),
    }),
    after(isThere) {
      const state = states.get(isThere);
      if (state === undefined) throw new Error("The mutation was not done yet");
      return state;
    },
    look: async () => ({ files: filesOf(root), view: await viewOf(victim.client, root) }),
    edit() {
      edits += 1;
      const text = readFileSync(manifestOf(root), "utf8")
        .replace(/^# Kept by hand.*$/m, `# Kept by hand ${edits}.`)
        .replace(/^color = "slate"$/m, 'color = "rose"');
      writeFileSync(manifestOf(root), text);
      return text;
    },
    async close() {
      victim.kill("SIGKILL");
      await victim.ended;
      removeHome(root);
    },
  };
  // The second round begins with a file that was written here, as all later ones do.
  for (const isThere of [true, false, true, false]) {
    const reply = await bench.turn(isThere).run();
    if (!reply.saved) throw new Error(`${pair.name} was not saved: ${reply.reason}`);
    states.set(isThere, await bench.look());
  }
  return bench;
}

/** The texts of all manifests, and the names of all other files. */
export function filesOf(root: string): Files {
  const collections = join(root, "collections");
  const files = filesBelow(collections).filter((file) => !isHidden(file));
  const manifests = files.filter((file) => basename(file) === "collection.toml");
  return {
    manifests: manifests.map((file) => `${file}\n${textOf(join(collections, file))}`).join("\n"),
    others: files.filter((file) => !manifests.includes(file)).join("\n"),
  };
}

/** The temporary files and folders that lie about in a home's collections. */
export function leftoversOf(root: string): string[] {
  return filesBelow(join(root, "collections")).filter(isHidden);
}

/** Removes the copies that an error which lasts kept from being cleared away: the server does in an hour. */
export function removeUnfinished(root: string): void {
  for (const file of leftoversOf(root)) {
    const unfinished = /^.*\.new-[^/]*/.exec(file)?.[0];
    if (unfinished === undefined) continue;
    rmSync(join(root, "collections", unfinished), { recursive: true, force: true });
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("."));
}

function textOf(path: string): string {
  return readFileSync(path, "utf8")
    .replace(/^(updated|created|added) = .*$/gm, "$1 = TIME")
    .replace(/^# Kept by hand.*$/m, "# Kept by hand");
}
