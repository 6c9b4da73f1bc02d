import { expect, test } from "vitest";
import { findSection } from "./rows.ts";
import { scanBlocks } from "./scan.ts";

test.each([
  ["[[groups]]\nname = 'A'\n", [{ name: "A" }]],
  ["groups = [{ name = 'A' }]\n", [{ name: "A" }]],
])("what scanner and parser find a different number of in %j is no section", (text, rows) => {
  const find = (value: typeof rows) => findSection(text, scanBlocks(text), "groups", value);
  expect(find(rows)?.rows).toHaveLength(1);
  expect(find([...rows, { name: "B" }])).toBe(null);
  expect(find([])).toBe(null);
});
