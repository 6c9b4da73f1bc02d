import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeDefaultCollection } from "./edit-settings.ts";
import { readSettings } from "./settings.ts";

function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), "skillmeat-settings-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** What the file holds once `work` is the default; it is read back on the way. */
async function afterUse(config: string | null): Promise<string> {
  const home = makeHome();
  const file = join(home, "config.toml");
  if (config !== null) writeFileSync(file, config);
  await writeDefaultCollection(home, "work");
  expect(await readSettings(home)).toEqual({ defaultCollection: "work" });
  expect(readdirSync(home)).toEqual(["config.toml"]);
  return readFileSync(file, "utf8");
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
});

test("a missing line is added where no table takes it", async () => {
  const line = 'default_collection = "work"';
  expect(await afterUse(null)).toBe(`${line}\n`);
  expect(await afterUse("")).toBe(`${line}\n`);
  expect(await afterUse("# Mine\na = 1")).toBe(`# Mine\na = 1\n${line}\n`);
  expect(await afterUse("# Mine\r\na = 1\r\n")).toBe(`# Mine\r\na = 1\r\n${line}\r\n`);
  expect(await afterUse("# Mine\n[a]\nb = 1\n")).toBe(`${line}\n# Mine\n[a]\nb = 1\n`);
  expect(await afterUse("list = [\n  [1, 2],\n]\nday = 2026-01-01\n")).toContain(line);
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

test("a line that cannot be told from a text is not touched", async () => {
  for (const text of [
    '[a]\ndefault_collection = "of a table"\n',
    'text = """\ndefault_collection = "in a text"\n"""\n',
    'default_collection = """old"""\n',
  ]) {
    const home = makeHome();
    writeFileSync(join(home, "config.toml"), text);
    await expect(writeDefaultCollection(home, "work"), text).rejects.toMatchObject({
      code: "refused",
      hint: expect.stringContaining('default_collection = "work"'),
    });
    expect(readFileSync(join(home, "config.toml"), "utf8")).toBe(text);
  }
});

test("a file that cannot be read is not replaced", async () => {
  const home = makeHome();
  writeFileSync(join(home, "config.toml"), "[broken");
  await expect(writeDefaultCollection(home, "work")).rejects.toMatchObject({
    code: "invalid-input",
  });
  expect(readFileSync(join(home, "config.toml"), "utf8")).toBe("[broken");
});

test("a link stays a link, and the permissions stay", async () => {
  const home = makeHome();
  const own = makeHome();
  writeFileSync(join(own, "mine.toml"), "a = 1\n", { mode: 0o600 });
  symlinkSync(join(own, "mine.toml"), join(home, "config.toml"));
  await writeDefaultCollection(home, "work");
  expect(lstatSync(join(home, "config.toml")).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(own, "mine.toml")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(own, "mine.toml"), "utf8")).toBe('a = 1\ndefault_collection = "work"\n');
});
