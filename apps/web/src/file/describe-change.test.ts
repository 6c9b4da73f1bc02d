import { expect, test } from "vitest";
import { describeChange } from "./describe-change.ts";

const list = {
  cache: ["a", "b", "c"],
  manifest: ["b", "a", "d"],
  added: ["d"],
  removed: ["c"],
  moved: ["b"],
};

test("a row that one side alone has is told with the side", () => {
  const row = { kind: "group", name: "Documents", change: "added" } as const;
  expect(describeChange(row, "here-and-file")).toEqual({
    sign: "+",
    what: "Group “Documents”",
    sentence: "in the file alone",
    fields: [],
  });
  expect(describeChange({ ...row, change: "removed" }, "here-and-file").sentence).toBe(
    "here alone",
  );
  expect(describeChange(row, "before-and-after").sentence).toBe("comes");
});

test("of a value both sides are told, and of a list what is in it and where", () => {
  const fields = { color: { cache: "", manifest: "blue" }, members: list };
  const row = { kind: "group", name: "A", change: "changed", fields } as const;
  expect(describeChange({ ...row, fields }, "here-and-file").fields).toEqual([
    { label: "colour", text: "none here, “blue” in the file" },
    {
      label: "members",
      text: "in the file alone: d; here alone: c; in another place: b",
    },
  ]);
  expect(describeChange({ ...row, fields }, "before-and-after").fields).toEqual([
    { label: "colour", text: "none → “blue”" },
    { label: "members", text: "in: d; out: c; to another place: b" },
  ]);
});

test("a difference of the order alone names no row", () => {
  const row = { kind: "tag" as const, name: "", change: "changed" as const };
  expect(describeChange(row, "here-and-file").what).toBe("The order of the tags");
});
