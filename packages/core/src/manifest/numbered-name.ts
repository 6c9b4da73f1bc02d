/**
 * The name itself where it is free, else `Name (2)`, `Name (3)` and so on.
 * @param isTaken whether a name is in use
 */
export function numberedName(name: string, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let n = 2; isTaken(candidate); n += 1) candidate = `${name} (${n})`;
  return candidate;
}
