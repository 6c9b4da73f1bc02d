import type { CollectionStatus } from "@skillmeat/core/schema";
import type { Connection } from "../api/live.ts";

/** How the file stands, in a word or two. */
export interface PillState {
  readonly kind:
    | "saved"
    | "writing"
    | "not-saved"
    | "changed"
    | "unreadable"
    | "missing"
    | "offline"
    | "unknown";
  readonly label: string;
  /** Why, in full; "" where the label says all. */
  readonly detail: string;
  /** How much besides there is to look at: what lost, what could not be read, members that are missing. */
  readonly notes: number;
}

/**
 * Says how the file of a collection stands.
 * @param status as the server told it last; undefined before it has
 * @param isWriting whether changes of this page wait for their answer, and not just for a moment
 */
export function pillState(
  status: CollectionStatus | undefined,
  isWriting: boolean,
  connection: Connection,
): PillState {
  if (connection === "lost" || connection === "refused") {
    const detail = "The server does not answer. It is tried again by itself.";
    return { kind: "offline", label: "No connection", detail, notes: 0 };
  }
  if (isWriting) return { kind: "writing", label: "Writing…", detail: "", notes: 0 };
  if (status === undefined) return { kind: "unknown", label: "Looking…", detail: "", notes: 0 };
  return { ...standing(status), notes: countNotes(status) };
}

function standing({ state, reason, problems }: CollectionStatus): Omit<PillState, "notes"> {
  const detail = reason ?? "";
  switch (state) {
    case "clean":
      return { kind: "saved", label: "Saved", detail: "" };
    case "pending":
      return { kind: "not-saved", label: "Not saved", detail };
    case "drifted":
      return { kind: "changed", label: "Changed on disk", detail };
    case "unreadable": {
      const line = problems.find((problem) => problem.line > 0)?.line;
      const label = line === undefined ? "Unreadable" : `Unreadable, line ${line}`;
      return { kind: "unreadable", label, detail };
    }
    case "missing":
      return { kind: "missing", label: "File missing", detail };
  }
}

function countNotes({ state, losses, problems, unresolvedMembers }: CollectionStatus): number {
  // That a file is unreadable is told already, and is its first problem.
  const told = state === "unreadable" ? 1 : 0;
  return losses + Math.max(0, problems.length - told) + unresolvedMembers.length;
}
