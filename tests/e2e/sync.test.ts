import { expect, test } from "vitest";
import { createHome } from "../support/home.ts";
import { fieldOf, itemsOf } from "../support/json.ts";
import { createSkillmeat } from "../support/skillmeat.ts";
import { groupRow, HEAD } from "../support/texts.ts";

const FILE = "collections/default/collection.toml";
const START = HEAD + groupRow("A") + groupRow("B");

function colored(text: string, color: string): string {
  return text.replace('name = "A"\n', `name = "A"\ncolor = "${color}"\n`);
}

test("what differs is shown, tried, pulled and pushed, and each text that went is a backup", async () => {
  const home = createHome();
  home.writeCollection(START);
  const { run, ask } = createSkillmeat(home);
  await run("status");
  const theirs = colored(START, "rose") + groupRow("Team's");
  home.write(FILE, theirs);

  const diff = await run("sync", "diff");
  expect(diff.stdout).toBe('default: 1 difference\n  ~ group A\n      color: none → "rose"\n');
  expect(await ask("sync", "diff")).toEqual({
    collections: [
      {
        name: "default",
        changes: [
          {
            kind: "group",
            name: "A",
            change: "changed",
            fields: { color: { cache: "", manifest: "rose" } },
          },
        ],
        problems: [],
      },
    ],
  });
  const status = await run("status");
  expect(status.stderr).toContain("skillmeat sync diff --collection default");

  const trial = await run("sync", "push", "--dry-run");
  expect(trial.stdout).toMatch(/^--- a\/collection.toml\n[^]*\n-color = "rose"\n/);
  expect(trial.stderr).toBe("Nothing was changed\n");
  expect(home.manifest()).toBe(theirs);
  expect((await run("sync", "pull", "--dry-run")).stdout).toContain("~ group A");
  const pulled = await run("sync", "pull");
  expect(pulled.stderr).toMatch(/^default: Took 1 difference from the manifest; .* backup \d{8}T/);
  expect(await ask("group", "show", "A")).toMatchObject({ color: "rose" });
  expect(home.manifest()).toBe(theirs);

  home.write(FILE, colored(START, "blue"));
  const pushed = await run("sync", "push", "--collection", "default");
  expect([pulled.code, pushed.code]).toEqual([0, 0]);
  expect(pushed.stderr).toMatch(/^default: Wrote the manifest; what was there lies in the backup /);
  expect(home.manifest()).toContain('"rose"');
  expect(home.manifest()).toContain("Team's");

  const items = itemsOf(await ask("backup", "list"));
  expect(items).toHaveLength(2);
  const id = String(fieldOf(items[0], "id"));
  const shown = await run("backup", "show", id);
  expect(shown.stdout).toBe(colored(START, "blue"));
  const restored = await run("backup", "restore", id);
  expect(restored.stderr).toMatch(/^Restored the manifest of default; what was there lies in /);
  expect(home.manifest()).toBe(colored(START, "blue"));
  await run("undo");
  expect(await ask("group", "show", "A")).toMatchObject({ color: "rose" });
});

test("a merge that came to a conflict is done, tells it, and ends with 4; it is listed until it is seen", async () => {
  const home = createHome();
  home.writeCollection(START);
  const { run, ask } = createSkillmeat(home);
  await run("status");
  home.write(FILE, `${colored(START, "rose")}<<<<<<< HEAD\n`);
  const pending = await run("group", "update", "A", "--color", "blue", "--icon", "star");
  expect(pending.stderr).toContain("conflict markers of git at line ");
  const unreadable = await run("sync", "merge", "--collection", "default");
  expect(unreadable.code).toBe(1);
  expect(unreadable.stderr).toMatch(/\| <<<<<<< HEAD\n +\| \^\n/);
  expect((await run("status")).stderr).toMatch(/\| <<<<<<< HEAD\n +\| \^\n/);

  home.write("config.toml", 'external_edits = "merge"\n');
  home.write(FILE, colored(START, "rose"));
  const merged = await run("sync", "merge");
  const clashes = merged.stderr.includes('default: group "A", color: "rose" stands, "blue" does');
  expect(merged.code).toBe(clashes ? 4 : 0);
  // A server that watches the file may have merged it already.
  expect(clashes || process.env["SKILLMEAT_E2E"] === "server").toBe(true);
  expect(home.manifest()).toMatch(/color = "rose"\nicon = "star"/);
  expect((await run("status")).stderr).toMatch(/1 value lost .*: skillmeat sync resolve/);
  const listed = await run("sync", "resolve");
  expect(listed.stdout).toMatch(/group A: color +rose +blue +the cache/);
  expect((await run("sync", "resolve", "--all")).stderr).toBe("Marked 1 value as seen\n");
  expect((await run("sync", "resolve")).stderr).toContain("Nothing lost that you have not seen");

  home.remove("config.toml");
  home.write(FILE, home.manifest().replace('"rose"', '"green"'));
  await ask("status");
  const mutated = await run("group", "update", "A", "--color", "amber", "--embedded");
  expect(mutated.code).toBe(0);
  const [loss] = itemsOf(await ask("sync", "resolve"));
  expect(loss).toMatchObject({ side: "file", field: "color", kept: "amber", lost: "green" });
  expect(home.read(`backups/default/${String(fieldOf(loss, "backup"))}.toml`)).toContain("green");
});
