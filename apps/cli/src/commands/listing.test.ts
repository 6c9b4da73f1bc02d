import { expect, test } from "vitest";
import { cutList, readAll } from "./listing.ts";

/** A list of numbers that pages as a procedure does. */
function pagesOf(total: number) {
  const asked: number[] = [];
  const readPage = async ({ limit, cursor }: { limit: number; cursor: string | undefined }) => {
    asked.push(limit);
    const start = cursor === undefined ? 0 : Number(cursor);
    const end = Math.min(total, start + limit);
    const items = Array.from({ length: end - start }, (_, index) => start + index);
    return { items, nextCursor: end < total ? String(end) : null };
  };
  return { asked, readPage };
}

test("a list is complete, however many pages it has", async () => {
  const { asked, readPage } = pagesOf(2500);
  const { items, nextCursor } = await readAll(readPage);
  expect(items).toHaveLength(2500);
  expect(items.at(-1)).toBe(2499);
  expect(nextCursor).toBeNull();
  expect(asked).toEqual([1000, 1000, 1000]);
});

test("a limit cuts the list, and says where it goes on", async () => {
  const { asked, readPage } = pagesOf(2500);
  const { items, nextCursor } = await readAll(readPage, 1200);
  expect(items).toHaveLength(1200);
  expect(nextCursor).toBe("1200");
  expect(asked).toEqual([1000, 200]);
});

test("an empty list is one page", async () => {
  expect(await readAll(pagesOf(0).readPage)).toEqual({ items: [], nextCursor: null });
});

test("a list that is read whole is cut afterwards", () => {
  expect(cutList({ items: [1, 2, 3], nextCursor: null }, 2).items).toEqual([1, 2]);
  expect(cutList({ items: [1, 2, 3], nextCursor: null }).items).toEqual([1, 2, 3]);
});
