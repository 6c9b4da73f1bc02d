import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PLANTS } from "./support/plants.ts";

test.each(PLANTS)("the fault $name can be planted", ({ file, find, replace }) => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  expect(text.split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
});
