import type { ChangeNews, CollectionStatus } from "@skillmeat/core";
import { escapeText } from "../output/escape.ts";
import { formatTime } from "./time.ts";

/** A change, on one line: when, where, what. */
export function formatChangeNews({ at, collection, summary, origin }: ChangeNews): string {
  const where = origin === "file" ? `${collection} (by hand)` : collection;
  return escapeText(`${formatTime(at)}  ${where}: ${summary}`);
}

/** How a collection stands, on one line. */
export function formatStateNews({
  name,
  state,
  reason,
  unsaved,
  losses,
}: CollectionStatus): string {
  const parts = [
    reason === null ? state : `${state}, ${reason}`,
    ...(unsaved > 0 ? [`${unsaved} unsaved`] : []),
    ...(losses > 0 ? [`${losses} lost`] : []),
  ];
  return escapeText(`${name} is ${parts.join("; ")}`);
}
