import { expect, test } from "vitest";
import { numberedName } from "./numbered-name.ts";

test("a free name stays, a taken one gets the first free number", () => {
  const taken = new Set(["Tools", "Tools (2)"]);
  const isTaken = (name: string) => taken.has(name);
  expect(numberedName("Other", isTaken)).toBe("Other");
  expect(numberedName("Tools", isTaken)).toBe("Tools (3)");
});
