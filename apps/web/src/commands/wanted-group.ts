import { createStore } from "../api/store.ts";

/** The id of the group that a person asked to see; the board shows it, and sets this to null then. */
export const wantedGroup = createStore<string | null>(null);
