import type { CollectionRefresh, CollectionStatus, Skipped } from "@skillmeat/core";
import { nextCommand } from "../next-command.ts";
import type { Output } from "../output/output.ts";
import { plural } from "../output/plural.ts";

/** Said where a list of collections is empty. */
export const NO_COLLECTIONS = "There are no collections yet. Make one: skillmeat init";

const SKIPPED: Record<NonNullable<Skipped>, string> = {
  "cache-authoritative": "unchanged",
  "nothing-in-manifest": "none in the manifest",
  "manifest-unreadable": "manifest unreadable",
  "manifest-missing": "no manifest",
};

/** What a refresh did, a line a collection. */
export function formatRefreshes(out: Output, collections: readonly CollectionRefresh[]): string {
  return out.table(collections, [
    { heading: "COLLECTION", cell: ({ name }) => name },
    { heading: "ARTIFACTS", cell: ({ artifacts }) => formatFound(artifacts) },
    { heading: "TAGS", cell: ({ tags }) => formatRecovered(tags) },
    { heading: "GROUPS", cell: ({ groups }) => formatRecovered(groups) },
    { heading: "MEMBERS", cell: ({ members }) => formatMembers(members) },
  ]);
}

/** The state of collections as a table, and below it the members that are missing. */
export function formatStatuses(out: Output, collections: readonly CollectionStatus[]): string {
  const table = out.table(collections, [
    { heading: "COLLECTION", cell: ({ name }) => name },
    { heading: "STATE", cell: ({ state }) => state },
    { heading: "UNSAVED", cell: ({ unsaved }) => unsaved },
    { heading: "REASON", cell: ({ reason }) => reason ?? "", flexible: true },
    { heading: "MANIFEST", cell: ({ manifest }) => manifest },
  ]);
  const missing = collections.flatMap(({ name, unresolvedMembers }) =>
    unresolvedMembers.map((member) => ({ name, ...member })),
  );
  if (missing.length === 0) return table;
  const members = out.table(missing, [
    { heading: "COLLECTION", cell: ({ name }) => name },
    { heading: "GROUP", cell: ({ group }) => group },
    { heading: "MISSING MEMBER", cell: ({ ref }) => ref },
  ]);
  return `${table}\n\n${members}`;
}

/** Says what to do where collections differ from their manifests, or values lost. */
export function warnOfDifferences(out: Output, collections: readonly CollectionStatus[]): void {
  for (const { name, state, losses } of collections) {
    if (state === "drifted") {
      out.notice(`See how ${name} differs from its manifest: ${nextCommand("sync diff", name)}`);
    }
    if (losses === 0) continue;
    const lost = `${name}: ${plural(losses, "value")} lost where manifest and cache differed`;
    out.warn(`${lost}. See what: ${nextCommand("sync resolve", name)}`);
  }
}

function formatFound({ found, added, removed }: CollectionRefresh["artifacts"]): string {
  const changes = [added > 0 ? `${added} new` : "", removed > 0 ? `${removed} gone` : ""].filter(
    (text) => text !== "",
  );
  return changes.length === 0 ? String(found) : `${found} (${changes.join(", ")})`;
}

function formatRecovered({ recovered, skipped }: CollectionRefresh["groups"]): string {
  return skipped === null ? `${recovered} recovered` : SKIPPED[skipped];
}

function formatMembers({ resolved, unresolved }: CollectionRefresh["members"]): string {
  return unresolved === 0 ? String(resolved) : `${resolved} (${unresolved} missing)`;
}
