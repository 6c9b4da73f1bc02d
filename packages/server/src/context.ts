import type { Home, WriteOutcome } from "@skillmeat/core";
import type { Events } from "./events/hub.ts";

/** What was done to a collection, for the log. */
export interface MutationRecord extends WriteOutcome {
  /** The procedure, such as `groups.create`. */
  readonly path: string;
  readonly collection: string;
  /** How many mutations of the collection the cache has seen. */
  readonly revision: number | null;
  readonly milliseconds: number;
}

/** What every procedure gets. */
export interface Context {
  readonly home: Home;
  readonly events: Events;
  /** Told of each mutation that was committed. */
  readonly onMutation?: ((record: MutationRecord) => void) | undefined;
}
