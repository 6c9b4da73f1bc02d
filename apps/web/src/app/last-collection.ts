import { client } from "../api/client.ts";

const KEY = "collection";

/** Remembers the collection that was looked at last, for this browser. */
export function rememberCollection(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // Then the page begins with the default one.
  }
}

/** The collection to begin with: the last one, else the default, else the first; null where there is none. */
export async function firstCollection(): Promise<string | null> {
  const { items } = await client.collections.list.query();
  const names = items.map(({ name }) => name);
  const last = lastName();
  return (
    [last, "default"].find((name) => name !== null && names.includes(name)) ?? names[0] ?? null
  );
}

function lastName(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
