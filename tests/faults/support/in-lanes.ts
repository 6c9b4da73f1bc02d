/**
 * Does something with each of some things, so many at once. After a failure nothing more is begun; what
 * is under way comes to its end, so that none of its processes is left behind.
 * @throws the first failure
 */
export async function inLanes<T>(
  things: readonly T[],
  lanes: number,
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const left = things.values();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const thing of left) {
      try {
        await work(thing);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}
