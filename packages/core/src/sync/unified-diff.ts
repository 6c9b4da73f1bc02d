import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { MANIFEST_NAME } from "../paths.ts";

/** How many unchanged lines stand around a change. */
const CONTEXT = 3;

/** What differs between two texts of a manifest, as git and patch write it; "" where nothing does. */
export function unifiedDiff(before: string, after: string): string {
  if (before === after) return "";
  const [a, b] = [`a/${MANIFEST_NAME}`, `b/${MANIFEST_NAME}`];
  return createTwoFilesPatch(a, b, before, after, "", "", {
    context: CONTEXT,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
