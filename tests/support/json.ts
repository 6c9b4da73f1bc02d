/** A field of a JSON object; undefined where there is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** The items of a list's reply. Throws where there are none. */
export function itemsOf(value: unknown): unknown[] {
  const items = fieldOf(value, "items");
  if (!Array.isArray(items)) throw new TypeError(`This is no list: ${JSON.stringify(value)}`);
  return items;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
