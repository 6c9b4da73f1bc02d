import { SkillmeatError } from "@skillmeat/core";
import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { hideForeignPaths, reportError, toTrpcError } from "./errors.ts";

test("one of ours keeps its words and gets its status", () => {
  const error = toTrpcError(
    new SkillmeatError("not-found", "No such group", "skillmeat group list"),
  );
  expect(error.code).toBe("NOT_FOUND");
  expect(reportError(error, ["/home/a"])).toEqual({
    message: "No such group",
    reason: "not-found",
    hint: "skillmeat group list",
  });
});

test("a bad input is told field by field, in words", () => {
  const { error: cause } = z
    .object({ name: z.string().min(1, { error: "A name must not be empty" }), at: z.number() })
    .safeParse({ name: "", at: "x" });
  const report = reportError(new TRPCError({ code: "BAD_REQUEST", cause }), []);
  expect(report.reason).toBe("invalid-input");
  expect(report.message).toMatch(/^name: A name must not be empty; at: /);
  expect(report.message).not.toMatch(/[{}[\]]/);
});

test("what tRPC refuses itself has a reason, too", () => {
  const report = reportError(new TRPCError({ code: "NOT_FOUND", message: "No procedure x" }), [
    "/h",
  ]);
  expect(report).toEqual({ message: "No procedure x", reason: "not-found", hint: "" });
});

test("an unexpected error tells no path outside the home", () => {
  const cause = new Error("EACCES: permission denied, open '/etc/shadow' from '/home/a/cache'");
  const report = reportError(new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause }), ["/home/a"]);
  expect(report.reason).toBe("internal");
  expect(report.message).toBe(
    "Something unexpected went wrong: EACCES: permission denied, open '…' from '/home/a/cache'",
  );
});

test("one of ours tells no path outside the home either, but those that the client named", () => {
  const error = toTrpcError(
    new SkillmeatError(
      "invalid-input",
      "Cannot read /srv/my skills/pdf/SKILL.md, which links to /etc/shadow",
      "Look at /home/a b/cache and /srv/my skills",
    ),
  );
  expect(reportError(error, ["/home/a b"], { paths: ["/srv/my skills", 1, null] })).toMatchObject({
    message: "Cannot read /srv/my skills/pdf/SKILL.md, which links to …",
    hint: "Look at /home/a b/cache and /srv/my skills",
  });
});

test("a path that only begins like the home is foreign", () => {
  const home = ["/home/a"];
  expect(hideForeignPaths("at /home/ab/x and C:\\Users\\b", home)).toBe("at … and …");
  expect(hideForeignPaths("at /home/a, /home/a/b and /", home)).toBe("at /home/a, /home/a/b and /");
  expect(hideForeignPaths("either/or", [])).toBe("either/or");
});
