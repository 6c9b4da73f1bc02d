import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "./settings.ts";

function homeWith(config: string | null): string {
  const home = mkdtempSync(join(tmpdir(), "skillmeat-settings-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  if (config !== null) writeFileSync(join(home, "config.toml"), config);
  return home;
}

test("the default collection is read", async () => {
  const home = homeWith('default_collection = "work"\n[other]\nkey = 1\n');
  expect(await readSettings(home)).toEqual({ defaultCollection: "work" });
});

test("nothing is set where the file or the key is missing", async () => {
  expect(await readSettings(homeWith(null))).toEqual({ defaultCollection: null });
  expect(await readSettings(homeWith(""))).toEqual({ defaultCollection: null });
});

test.each(["default_collection = ", "default_collection = 3"])(
  "settings that cannot be read are an error: %s",
  async (config) => {
    await expect(readSettings(homeWith(config))).rejects.toMatchObject({
      code: "invalid-input",
      hint: expect.stringContaining("config.toml"),
    });
  },
);
