import { afterEach, expect, test, vi } from "vitest";
import { createOutput, formatProblem, type OutputOptions, type Stream } from "./output.ts";

afterEach(() => void vi.unstubAllEnvs());

function record(isTTY = false): Stream & { text: string } {
  return {
    text: "",
    isTTY,
    columns: 80,
    write(text: string | Uint8Array) {
      this.text += String(text);
      return true;
    },
  };
}

function setUp(options: Partial<OutputOptions> = {}, isTTY = false) {
  const stdout = record(isTTY);
  const stderr = record(isTTY);
  return {
    stdout,
    stderr,
    out: createOutput({ json: false, quiet: false, stdout, stderr, ...options }),
  };
}

test("data goes to stdout, everything else to stderr", () => {
  const { out, stdout, stderr } = setUp();
  out.answer({ name: "pdf" }, ({ name }) => name);
  out.notice("Done");
  out.warn("Look here");
  expect(stdout.text).toBe("pdf\n");
  expect(stderr.text).toBe("Done\nWarning: Look here\n");
});

test("answers that keep coming are a line each, of JSON or of text", () => {
  const text = setUp();
  text.out.event({ name: "pdf" }, ({ name }) => name);
  expect(text.stdout.text).toBe("pdf\n");
  const json = setUp({ json: true });
  for (const name of ["pdf", "a\u009b"]) json.out.event({ name }, () => "text");
  expect(json.stdout.text).toBe('{"name":"pdf"}\n{"name":"a\\u009b"}\n');
});

test("a text takes the place of another on a terminal alone", () => {
  for (const { out, stdout } of [setUp(), setUp({ json: true }, true)]) {
    expect(out.redraw("text")).toBe(false);
    expect(stdout.text).toBe("");
  }
  const { out, stdout } = setUp({}, true);
  expect(out.redraw("text")).toBe(true);
  expect(stdout.text).toBe("\u001b[2J\u001b[3J\u001b[Htext\n");
});

test("with --json stdout holds one document and nothing else, and notices are silent", () => {
  const { out, stdout, stderr } = setUp({ json: true });
  out.answer({ items: [1] }, () => "text");
  out.notice("Done");
  expect(JSON.parse(stdout.text)).toEqual({ items: [1] });
  expect(stderr.text).toBe("");
});

test("--quiet silences all but errors and what is not saved", () => {
  const { out, stderr } = setUp({ quiet: true });
  out.notice("Done");
  out.warn("Look here");
  out.problems("default", [{ file: "collection.toml", line: 1, column: 1, message: "bad" }]);
  expect(stderr.text).toBe("");
  out.warnUnsaved("the disk is full");
  expect(stderr.text).toBe(
    "Warning: Not saved yet: the disk is full\nHint: skillmeat sync flush\n",
  );
});

test.each([
  ["invalid-input", 2],
  ["not-found", 3],
  ["conflict", 4],
  ["internal", 1],
  ["unsaved-changes", 1],
])("an error %s is printed with its hint and stands for exit code %i", (code, exitCode) => {
  const { out, stdout, stderr } = setUp();
  expect(out.fail({ code, message: "It failed", hint: "skillmeat status" })).toBe(exitCode);
  expect(stdout.text).toBe("");
  expect(stderr.text).toBe("Error: It failed\nHint: skillmeat status\n");
});

test("with --json an error is the one document on stdout", () => {
  const { out, stdout, stderr } = setUp({ json: true });
  const failure = { code: "not-found", message: "No such group", hint: "skillmeat group list" };
  expect(out.fail(failure)).toBe(3);
  expect(JSON.parse(stdout.text)).toEqual({ error: failure });
  expect(stderr.text).toBe("");
});

test("texts from files cannot control the terminal", () => {
  const { out, stderr } = setUp();
  out.notice("name \u001b[2J");
  out.fail({ code: "internal", message: "bad \u001b]0;title\u0007", hint: "" });
  expect(stderr.text).toBe("name \\x1b[2J\nError: bad \\x1b]0;title\\x07\n");
});

test.each([
  [true, undefined, true],
  [false, undefined, false],
  [true, "1", false],
])("colours on a terminal: %j, with NO_COLOR=%s: %j", (isTTY, noColor, expected) => {
  vi.stubEnv("FORCE_COLOR", undefined);
  vi.stubEnv("NO_COLOR", noColor);
  const { out, stdout, stderr } = setUp({}, isTTY);
  const columns = [{ heading: "COLOR", cell: (color: string) => color, color: true }];
  out.answer(["rose"], (rows) => out.table(rows, columns));
  out.answer("rose", (color) => out.fields([["Color", color, "color"]]));
  out.warn("x");
  expect(stderr.text.includes("\u001b[")).toBe(expected);
  expect(stdout.text.includes("\u001b[")).toBe(expected);
  expect(stdout.text.split("●")).toHaveLength(expected ? 3 : 1);
});

test("a terminal that does not tell its width is given whole lines", () => {
  const stdout = { ...record(true), columns: 0 };
  const out = createOutput({ json: false, quiet: false, stdout });
  const text = "a description that runs on and on";
  expect(out.table([text], [{ heading: "ABOUT", cell: (row) => row }])).toContain(text);
});

test("the lines around a problem stand below it, for people alone", () => {
  const problem = {
    file: "collection.toml",
    line: 1,
    column: 1,
    message: "bad",
    frame: "> 1 | \u001b",
  };
  const people = setUp();
  people.out.problems("default", [problem]);
  expect(people.stderr.text).toBe("Warning: default/collection.toml:1:1 bad\n> 1 | \\x1b\n");
  const program = setUp({ json: true });
  program.out.problems("default", [problem]);
  expect(program.stderr.text).toBe("Warning: default/collection.toml:1:1 bad\n");
});

test("a problem is printed as compilers print theirs", () => {
  const problem = {
    file: "collection.toml",
    line: 12,
    column: 3,
    message: "a group without a name",
  };
  expect(formatProblem("default", problem)).toBe(
    "default/collection.toml:12:3 a group without a name",
  );
  expect(formatProblem("default", { ...problem, column: 0 })).toBe(
    "default/collection.toml:12 a group without a name",
  );
  expect(formatProblem("default", { ...problem, line: 0, column: 0 })).toBe(
    "default/collection.toml a group without a name",
  );
});
