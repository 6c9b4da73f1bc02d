import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { takeLock } from "../manifest/store/lock.ts";
import { settingsLockFile } from "../paths.ts";
import { addLink, removeLink, setDefaultCollection } from "./edit-settings.ts";
import { replaceSettings } from "./replace-settings.ts";
import { readSettings } from "./settings.ts";
import { configOf, homeWith } from "./testing.ts";

/** What the file holds once `work` is the default; it is read back on the way. */
async function afterUse(config: string | null): Promise<string> {
  const paths = homeWith(config);
  await setDefaultCollection(paths, "work");
  expect(readSettings(paths)).toMatchObject({ defaultCollection: "work" });
  expect(readdirSync(paths.root).toSorted()).toEqual(["config.toml", "locks"]);
  return configOf(paths);
}

async function afterLink(config: string | null, name = "team"): Promise<string> {
  const paths = homeWith(config);
  await addLink(paths, { name, path: "/srv/team" });
  expect(readSettings(paths).links).toContainEqual({ name, path: "/srv/team" });
  return configOf(paths);
}

async function afterUnlink(config: string): Promise<string> {
  const paths = homeWith(config);
  await removeLink(paths, "team");
  expect(readSettings(paths).links.map(({ name }) => name)).not.toContain("team");
  return configOf(paths);
}

test("the line is changed where it stands, and every other byte is kept", async () => {
  expect(
    await afterUse(
      '# Mine\nother = 1 # one\n  default_collection = "old\\"er"  # the old\n[a]\nb = 2',
    ),
  ).toBe('# Mine\nother = 1 # one\n  default_collection = "work"  # the old\n[a]\nb = 2');
  expect(await afterUse("'default_collection'='old'\r\n# end")).toBe(
    "'default_collection'=\"work\"\r\n# end",
  );
  expect(await afterUse('default_collection = """old"""')).toBe('default_collection = "work"');
});

test("a missing line is added where no table takes it", async () => {
  const line = 'default_collection = "work"';
  expect(await afterUse(null)).toBe(`${line}\n`);
  expect(await afterUse("")).toBe(`${line}\n`);
  expect(await afterUse("# Mine\na = 1")).toBe(`# Mine\na = 1\n${line}\n`);
  expect(await afterUse("# Mine\r\na = 1\r\n")).toBe(`# Mine\r\na = 1\r\n${line}\r\n`);
  expect(await afterUse("# Mine\n[a]\nb = 1\n")).toBe(`${line}\n# Mine\n[a]\nb = 1\n`);
  expect(await afterUse('[a]\ndefault_collection = "of a table"\n')).toBe(
    `${line}\n[a]\ndefault_collection = "of a table"\n`,
  );
  expect(await afterUse('text = """\ndefault_collection = "in a text"\n"""\n')).toContain(
    `"""\n${line}\n`,
  );
});

test("the byte order mark of some editors stays first", async () => {
  expect(await afterUse('\uFEFFdefault_collection = "old"')).toBe(
    '\uFEFFdefault_collection = "work"',
  );
  expect(await afterUse("\uFEFF[a]\n")).toBe('\uFEFFdefault_collection = "work"\n[a]\n');
  expect(await afterUse("\uFEFF")).toBe('\uFEFFdefault_collection = "work"\n');
});

test("a file that already says it is not touched", async () => {
  const text = 'default_collection="work"';
  expect(await afterUse(text)).toBe(text);
});

test("a link goes to the others, in whatever form they stand", async () => {
  const line = 'team = "/srv/team"';
  expect(await afterLink(null)).toBe(`[links]\n${line}\n`);
  expect(await afterLink("# Mine\na = 1")).toBe(`# Mine\na = 1\n\n[links]\n${line}\n`);
  expect(await afterLink('[links] # far\na = "/a" # A\n\n# end\n[b]\n')).toBe(
    `[links] # far\na = "/a" # A\n${line}\n\n# end\n[b]\n`,
  );
  expect(await afterLink("[links]\r\n")).toBe(`[links]\r\n${line}\r\n`);
  expect(await afterLink('links.a = "/a" # A\nb = 1\n')).toBe(
    `links.a = "/a" # A\nlinks.${line}\nb = 1\n`,
  );
  expect(await afterLink('links = { a = "/a" }\n')).toBe(`links = { a = "/a", ${line} }\n`);
  expect(await afterLink("links = {}\n")).toBe(`links = { ${line} }\n`);
  expect(await afterLink(null, "größe.1")).toBe('[links]\n"größe.1" = "/srv/team"\n');
});

test("a link goes with its line, and the rest stays", async () => {
  expect(await afterUnlink('a = 1\n[links]\n# one\nteam = "/t" # mine\nb = "/b"\n')).toBe(
    'a = 1\n[links]\n# one\nb = "/b"\n',
  );
  expect(await afterUnlink('[links]\n"team" = "/t"')).toBe("[links]\n");
  expect(await afterUnlink('links.team = "/t"\r\nb = 1\r\n')).toBe("b = 1\r\n");
  expect(await afterUnlink('links = { team = "/t", b = "/b" }')).toBe('links = { b = "/b" }');
  expect(await afterUnlink('links = { b = "/b", team = "/t" }')).toBe('links = { b = "/b" }');
  expect(await afterUnlink('links = { team = "/t" }')).toBe("links = {  }");
  expect(await afterUnlink("# nothing\n")).toBe("# nothing\n");
});

test("a name that another process linked meanwhile is taken, ignoring case", async () => {
  const paths = homeWith('[links]\nTeam = "/srv/team"\n');
  const adding = addLink(paths, { name: "team", path: "/other" });
  await expect(adding).rejects.toMatchObject({ code: "conflict" });
  expect(configOf(paths)).toBe('[links]\nTeam = "/srv/team"\n');
});

test("a file that cannot be read, or changed safely, is not replaced", async () => {
  const broken = homeWith("[broken");
  await expect(setDefaultCollection(broken, "work")).rejects.toMatchObject({
    code: "invalid-input",
  });
  expect(configOf(broken)).toBe("[broken");
  const odd = homeWith("[links.a]\n");
  await expect(addLink(odd, { name: "team", path: "/t" })).rejects.toMatchObject({
    code: "invalid-input",
  });
  expect(configOf(odd)).toBe("[links.a]\n");
});

test("a link stays a link, and the permissions stay", async () => {
  const paths = homeWith(null);
  const own = homeWith(null);
  const file = join(own.root, "mine.toml");
  writeFileSync(file, "a = 1\n", { mode: 0o600 });
  symlinkSync(file, paths.settingsFile);
  await setDefaultCollection(paths, "work");
  expect(lstatSync(paths.settingsFile).isSymbolicLink()).toBe(true);
  expect(lstatSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).toBe('a = 1\ndefault_collection = "work"\n');
});

test("of edits at once each waits for the others, and none is lost", async () => {
  const paths = homeWith("# Mine\n");
  const names = Array.from({ length: 8 }, (_, index) => `link-${index}`);
  const lock = await takeLock(settingsLockFile(paths.locks), 0);
  const edits = names.map((name) => addLink(paths, { name, path: `/${name}` }));
  lock?.release();
  await Promise.all(edits);
  expect(
    readSettings(paths)
      .links.map(({ name }) => name)
      .toSorted(),
  ).toEqual(names);
});

test("what a person saved since it was read is not replaced", () => {
  const { settingsFile, root } = homeWith("a = 1\n");
  expect(replaceSettings(settingsFile, "b = 2\n", () => false)).toBe(false);
  expect(readFileSync(settingsFile, "utf8")).toBe("a = 1\n");
  expect(readdirSync(root)).toEqual(["config.toml"]);
});
