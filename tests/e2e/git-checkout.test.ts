import { execFile } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { serve } from "../support/serve.ts";

const FOLDER = "collections/default";
const HEAD = '[collection]\nname = "default"\n';
const groupRow = (name: string) => `\n[[groups]]\nname = "${name}"\n`;

/** A served home whose collection is a git work tree with the branches `main` and `other`. */
async function openWorkTree() {
  const home = createHome();
  const folder = realpathSync(home.root) + `/${FOLDER}`;
  const environment = {
    PATH: process.env["PATH"],
    HOME: home.root,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.com",
  };
  const git = (...args: string[]) =>
    promisify(execFile)("git", args, { cwd: folder, env: environment });
  home.writeCollection(HEAD + groupRow("Base"));
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "main");
  await git("checkout", "--quiet", "-b", "other");
  home.writeCollection(HEAD + groupRow("Base") + groupRow("Other"));
  await git("commit", "--quiet", "--all", "--message", "other");
  await git("checkout", "--quiet", "main");
  const { client } = await serve(home);
  const inFile = () =>
    [...home.manifest().matchAll(/^name = "(.+)"$/gm)].slice(1).map(([, name]) => name);
  const inCache = async () => (await client.groups.list.query({})).items.map(({ name }) => name);
  return { home, folder, git, client, inFile, inCache };
}

test("a mutation during a checkout is written when git is done, with what git brought", async () => {
  const { home, folder, git, client, inFile, inCache } = await openWorkTree();
  // While git runs this filter it holds its lock, and the file is not there.
  home.write("filter", "touch ../../filtering; until [ -e ../../go ]; do sleep 0.02; done; cat\n");
  home.write(`${FOLDER}/.git/info/attributes`, "collection.toml filter=slow\n");
  await git("config", "filter.slow.smudge", "sh ../../filter");
  const checkout = git("checkout", "--quiet", "other");
  await expect.poll(() => existsSync(home.path("filtering")), { timeout: 30_000 }).toBe(true);
  const mutation = client.groups.create.mutate({ name: "During" });
  await expect.poll(inCache, { timeout: 30_000 }).toEqual(["Base", "During"]);
  for (let times = 0; times < 20; times += 1) await client.sync.status.query();
  expect(existsSync(`${folder}/collection.toml`)).toBe(false);
  home.write("go", "");
  await checkout;
  expect(await mutation).toMatchObject({ saved: true, reason: null });
  expect(inFile().toSorted()).toEqual(["Base", "During", "Other"]);
  expect((await inCache()).toSorted()).toEqual(["Base", "During", "Other"]);
  expect(readFileSync(`${folder}/.git/HEAD`, "utf8")).toBe("ref: refs/heads/other\n");
});

test("checkouts between branches while mutations go on lose nothing", async () => {
  const { git, client, inFile, inCache } = await openWorkTree();
  const answered: string[] = [];
  const done = new AbortController();
  const mutate = async () => {
    while (!done.signal.aborted) {
      const { group } = await client.groups.create.mutate({ name: `Group ${answered.length}` });
      answered.push(group.name);
    }
  };
  const mutating = mutate();
  for (const branch of ["other", "main", "other", "main", "other", "main"]) {
    await git("commit", "--quiet", "--all", "--allow-empty", "--message", "Work in progress");
    await git("checkout", "--quiet", "--force", branch);
  }
  done.abort();
  await mutating;
  await client.sync.flush.mutate({});
  const expected = ["Base", "Other", ...answered].toSorted();
  expect((await inCache()).toSorted()).toEqual(expected);
  expect(inFile().toSorted()).toEqual(expected);
});
