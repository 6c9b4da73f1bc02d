import { connect, type Connection } from "@skillmeat/client/node";
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { TOGETHER, type Announcement } from "./announcement.ts";

type Client = Connection["client"];

interface Reply {
  readonly saved: boolean;
}

interface Mutation {
  readonly collection?: string;
  readonly files?: readonly string[];
  readonly gone?: readonly string[];
  readonly waiting?: string;
}

function tell(announcement: Announcement): void {
  writeSync(1, `${JSON.stringify(announcement)}\n`);
}

async function replied(reply: Promise<Reply>, mutation: Mutation = {}): Promise<boolean> {
  const { saved } = await reply;
  const { collection = "default", files = [], gone = [], waiting = null } = mutation;
  tell({ kind: "reply", collection, saved, files, gone, waiting });
  return saved;
}

/** Waits for a reply, tells of it, and then of what the cache holds. */
async function done(client: Client, reply: Promise<Reply>, mutation: Mutation = {}): Promise<void> {
  const saved = await replied(reply, mutation);
  const { collection = "default", gone = [] } = mutation;
  if (saved && gone.length === 0) await tellCache(client, collection);
}

async function tellCache(client: Client, collection: string): Promise<void> {
  const { items: groups } = await client.groups.list.query({ collection });
  const { items: tags } = await client.tags.list.query({ collection });
  tell({
    kind: "cache",
    collection,
    owned: {
      groups: groups.map(({ name, description, color, icon, members }) => {
        return { name, description, color, icon, members: members.map(({ ref }) => ref) };
      }),
      tags: tags
        .filter(({ defined }) => defined)
        .map(({ name, slug, color, description }) => ({ name, slug, color, description })),
    },
  });
}

/** Saves a manifest as a careful editor does: beside it, fsynced, renamed. */
function edit(root: string, change: (text: string) => string, displaced = false): void {
  const collection = "default";
  const path = join(root, "collections", collection, "collection.toml");
  const beside = `${path}~`;
  const file = openSync(beside, "wx");
  writeFileSync(file, change(readFileSync(path, "utf8")));
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, path);
  const folder = openSync(dirname(path), "r");
  fsyncSync(folder);
  closeSync(folder);
  tell({ kind: "edit", collection, displaced });
}

/** Mutations of every kind on a home that holds nothing yet. */
async function curate(client: Client, inbox: string): Promise<void> {
  const { artifacts, collections, groups, tags } = client;
  await done(client, collections.create.mutate({ name: "default", displayName: "Mine" }));
  await done(client, artifacts.add.mutate({ paths: [join(inbox, "skills")] }), {
    files: ["a", "b", "c"].map((name) => `collections/default/skills/${name}/SKILL.md`),
  });
  await done(client, tags.create.mutate({ name: "Code Review", color: "#112233" }));
  await done(client, tags.create.mutate({ name: "Old" }));
  await done(client, groups.create.mutate({ name: "First", members: ["a", "b"] }));
  await done(client, groups.create.mutate({ name: "Second", description: "two", icon: "box" }));
  await done(client, artifacts.setTags.mutate({ id: "a", add: ["Code Review", "Old"] }));
  await done(client, tags.update.mutate({ slug: "old", name: "Older", description: "not new" }));
  await done(client, groups.update.mutate({ group: "First", color: "#445566", position: 1 }));
  await done(client, groups.addMembers.mutate({ group: "Second", members: ["c", "a"] }));
  await done(client, groups.reorderMembers.mutate({ group: "Second", members: ["a", "c"] }));
  await done(client, groups.removeMembers.mutate({ group: "Second", members: ["c"] }));
  await Promise.all(
    [1, 2, 3].map((n) => replied(groups.create.mutate({ name: `${TOGETHER} ${n}` }))),
  );
  await tellCache(client, "default");
  await done(client, groups.reorder.mutate({ groups: ["Second", "First"] }));
  await done(client, artifacts.setTags.mutate({ id: "a", remove: ["Older"] }));
  await done(client, tags.delete.mutate({ slug: "old" }));
}

/** Other collections come and go. */
async function share(client: Client, inbox: string): Promise<void> {
  const { collections, groups } = client;
  await done(client, collections.import.mutate({ path: join(inbox, "shared"), name: "shared" }), {
    collection: "shared",
    files: ["collections/shared/skills/s/SKILL.md"],
  });
  await done(client, groups.copy.mutate({ group: "First", to: "shared" }), {
    collection: "shared",
  });
  await done(client, collections.create.mutate({ name: "brief" }), { collection: "brief" });
  await done(client, collections.delete.mutate({ collection: "brief" }), {
    collection: "brief",
    gone: ["collections/brief/collection.toml"],
  });
}

/** An editor works on the file at the same time; for a while what it saves is no TOML. */
async function meetEditor(client: Client, root: string): Promise<void> {
  const { artifacts, collections, groups, sync } = client;
  edit(root, (text) => `${text}\n[[groups]]\nname = "By hand"\nmembers = ["b"]\n`);
  await done(client, groups.create.mutate({ name: "Third" }));
  edit(root, (text) => text.replace(/description = "two"/, 'description = "by hand"'), true);
  await done(client, groups.delete.mutate({ group: "First" }));
  edit(root, (text) => `${text}\n<<<<<<< HEAD\n`);
  for (const name of ["Waiting", "Waiting, too"]) {
    await done(client, groups.create.mutate({ name }), { waiting: name });
  }
  edit(root, (text) => text.replace("\n<<<<<<< HEAD\n", ""));
  await sync.flush.mutate();
  await tellFlushed(client);
  await done(client, artifacts.remove.mutate({ id: "c" }), {
    gone: ["collections/default/skills/c/SKILL.md"],
  });
  await done(client, collections.update.mutate({ displayName: "Still mine" }));
  await done(client, groups.delete.mutate({ group: "By hand" }));
}

async function tellFlushed(client: Client): Promise<void> {
  const { collections } = await client.sync.status.query();
  const saved = collections.every(({ unsaved }) => unsaved === 0);
  tell({ kind: "reply", collection: "default", saved, files: [], gone: [], waiting: null });
  await tellCache(client, "default");
}

async function main([root = "", inbox = ""]: readonly string[]): Promise<void> {
  const session = async (work: (client: Client) => Promise<void>) => {
    const connection = await connect({ home: root, embedded: true });
    await work(connection.client);
    await connection.close();
  };
  await session((client) => curate(client, inbox));
  // Opened again, so that a cache is checkpointed and its log begun anew.
  await session(async (client) => {
    await share(client, inbox);
    await meetEditor(client, root);
  });
}

if (import.meta.main) await main(process.argv.slice(2));
