import type { Problem } from "@skillmeat/core";
import { styleText } from "node:util";
import { exitCodeOf, type Failure } from "../failure.ts";
import { hasColor, swatchOf } from "./color.ts";
import { escapeLines, escapeText, safeJson } from "./escape.ts";
import { formatFields, formatTable, type Column, type Field } from "./table.ts";

/** A stream to print on: stdout or stderr. */
export type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly stdout?: Stream;
  readonly stderr?: Stream;
}

/** What a command says: data on stdout, all else on stderr. */
export interface Output {
  /** The command's answer: the value itself with --json, else the text made of it ("" prints nothing). */
  answer<T>(value: T, toText: (value: T) => string): void;
  /** One of many answers of a command that goes on; with --json a document on a line of its own. */
  event<T>(value: T, toText: (value: T) => string): void;
  /**
   * Shows a text in place of all that the terminal shows.
   * @returns false, and does nothing, where stdout is no terminal or --json was given
   */
  redraw(text: string): boolean;
  /** Rows as a table, for the text of an answer; "" where there are none. */
  table<T>(rows: readonly T[], columns: readonly Column<T>[]): string;
  fields(fields: readonly Field[]): string;
  /** Something good to know, on stderr; silent with --quiet or --json. */
  notice(text: string): void;
  /** Something that may need a hand, on stderr; silent with --quiet. */
  warn(text: string): void;
  /** A mutation that the manifest does not hold yet, on stderr; never silent. */
  warnUnsaved(reason: string | null, collection?: string): void;
  problems(collection: string, problems: readonly Problem[]): void;
  /** Prints an error. @returns the exit code that it stands for */
  fail(failure: Failure): number;
}

/** Empties the terminal and its scrollback, and goes to its upper left corner (ECMA-48, ED and CUP; xterm). */
const CLEAR_SCREEN = "\u001b[2J\u001b[3J\u001b[H";

/** Makes the output of one run. */
export function createOutput({
  json,
  quiet,
  stdout = process.stdout,
  stderr = process.stderr,
}: OutputOptions): Output {
  const line = (stream: Stream, text: string) => void stream.write(`${text}\n`);
  const paint = (stream: Stream, style: "bold" | "red" | "yellow" | "dim", text: string) =>
    hasColor(stream) ? styleText(style, text, { validateStream: false }) : text;
  const swatch = (color: string) => (hasColor(stdout) ? swatchOf(color) : null);
  const warnAlways = (text: string) =>
    line(stderr, `${paint(stderr, "yellow", "Warning:")} ${escapeText(text)}`);
  const hint = (text: string) => line(stderr, paint(stderr, "dim", `Hint: ${escapeText(text)}`));
  const warn = (text: string) => {
    if (!quiet) warnAlways(text);
  };
  return {
    answer(value, toText) {
      const text = json ? safeJson(value) : toText(value);
      if (text !== "") line(stdout, text);
    },
    event(value, toText) {
      const text = json ? safeJson(value, 0) : toText(value);
      if (text !== "") line(stdout, text);
    },
    redraw(text) {
      if (json || !stdout.isTTY) return false;
      line(stdout, `${CLEAR_SCREEN}${text}`);
      return true;
    },
    table: (rows, columns) =>
      rows.length === 0
        ? ""
        : formatTable(rows, columns, {
            // A terminal that does not tell its width has 0 columns.
            width: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
            heading: (text) => paint(stdout, "bold", text),
            swatch,
          }),
    fields: (fields) => formatFields(fields, { swatch }),
    notice(text) {
      if (!quiet && !json) line(stderr, escapeText(text));
    },
    warn,
    warnUnsaved(reason, collection) {
      const where = collection === undefined ? "" : `${collection}: `;
      warnAlways(`${where}Not saved yet: ${reason ?? "the manifest was not written"}`);
      hint("skillmeat sync flush");
    },
    problems(collection, problems) {
      for (const problem of problems) {
        warn(formatProblem(collection, problem));
        if (problem.frame !== undefined && !quiet && !json)
          line(stderr, escapeLines(problem.frame));
      }
    },
    fail(failure) {
      if (json) {
        const { code, message, hint: next } = failure;
        line(stdout, safeJson({ error: { code, message, hint: next } }));
      } else {
        line(stderr, `${paint(stderr, "red", "Error:")} ${escapeLines(failure.message)}`);
        if (failure.hint !== "") hint(failure.hint);
      }
      return exitCodeOf(failure);
    },
  };
}

/** A problem as compilers print theirs: `default/collection.toml:12:3 message`. */
export function formatProblem(collection: string, problem: Problem): string {
  const { file, line, column, message } = problem;
  const place = line === 0 ? "" : column === 0 ? `:${line}` : `:${line}:${column}`;
  return `${collection}/${file}${place} ${message}`;
}
