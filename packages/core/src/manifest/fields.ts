import type { TomlTable, TomlValue } from "smol-toml";
import type { z } from "zod";
import { MANIFEST_NAME } from "../paths.ts";
import type { Problem } from "../schema/sync.ts";
import { positionAt, risingPositions } from "./position.ts";
import { findEntry, type RowSource } from "./rows.ts";

/** Whether a value is a table, and not a list, a date or a scalar. */
export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

/** A problem, and the offset of the text where it stands. */
export interface Finding {
  readonly offset: number;
  readonly message: string;
}

/** Reads the fields of one row, and reports what is not as it should be without giving the row up. */
export interface FieldReader {
  report(message: string, key?: string): void;
  /** The text under a key; "" where it is missing or something else, which is reported. */
  text(key: string): string;
  /** As {@link text}, but what the rule refuses is reported and read as "". */
  ruledText(key: string, rule: z.ZodType<string>): string;
  /** The texts of a list; what is no text in it is reported and passed over. */
  texts(key: string): string[];
  /** A whole number, or null where it is missing or something else, which is reported. */
  integer(key: string): number | null;
}

/**
 * @param what the row as a person would call it, such as `group "Tools"`
 * @param findings where reports go
 */
export function createFieldReader(
  row: RowSource,
  table: TomlTable,
  what: string,
  findings: Finding[],
): FieldReader {
  const own = (key: string) => (Object.hasOwn(table, key) ? table[key] : undefined);

  function report(message: string, key?: string): void {
    const entry = key === undefined ? null : findEntry(row, key);
    findings.push({ offset: entry?.valueStart ?? row.start, message: `${what}: ${message}` });
  }

  function readText(key: string): string {
    const value = own(key);
    if (value === undefined || typeof value === "string") return value ?? "";
    report(`${key} is not a text, so it is read as empty`, key);
    return "";
  }

  return {
    report,
    text: readText,
    ruledText(key, rule) {
      const value = readText(key);
      const result = rule.safeParse(value);
      if (result.success) return result.data;
      report(
        `${key} ${JSON.stringify(value)} is kept but not used: ${messagesOf(result.error)}`,
        key,
      );
      return "";
    },
    texts(key) {
      const value = own(key);
      if (value === undefined) return [];
      if (!Array.isArray(value)) {
        report(`${key} is not a list, so it is read as empty`, key);
        return [];
      }
      const texts = value.filter((item) => typeof item === "string");
      if (texts.length < value.length) {
        report(`${key} holds entries that are no texts; they are kept but not used`, key);
      }
      return texts;
    },
    integer(key) {
      const value = own(key);
      if (value === undefined) return null;
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number === "number" && Number.isInteger(number)) return number;
      report(`${key} is not a whole number, so the order in the file counts`, key);
      return null;
    },
  };
}

/** A problem of the manifest at an offset of its text. */
export function problemAt(text: string, offset: number, message: string): Problem {
  return { file: MANIFEST_NAME, ...positionAt(text, offset), message };
}

/** Findings as problems of the manifest, in the order of its text. */
export function problemsAt(text: string, findings: readonly Finding[]): Problem[] {
  const positionOf = risingPositions(text);
  return findings
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => ({ file: MANIFEST_NAME, ...positionOf(offset), message }));
}

function messagesOf(error: z.ZodError): string {
  return error.issues.map((issue) => issue.message).join("; ");
}
