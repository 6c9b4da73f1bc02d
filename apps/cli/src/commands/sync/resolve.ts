import type { Loss } from "@skillmeat/core";
import type { Command } from "commander";
import { plural } from "../../output/plural.ts";
import { inSession } from "../../session.ts";
import { positiveNumber, withExample } from "../options.ts";

const SIDES: Record<Loss["side"], string> = { file: "the manifest", cache: "the cache" };

export function declareSyncResolve(sync: Command): void {
  withExample(sync.command("resolve"), "sync resolve", "sync resolve --all")
    .description("list values that lost where manifest and cache differed, or mark them as seen")
    .argument("[id...]", "the ones to mark as seen", readIds)
    .option("--all", "mark all as seen")
    .action(
      inSession(async ({ client, named, out }, ids: number[], { all }: { all?: true }) => {
        if (ids.length > 0 || all === true) {
          const seen = all === true ? {} : { ids };
          const reply = await client.sync.resolve.mutate({ collection: named, ...seen });
          out.answer(reply, () => "");
          out.notice(`Marked ${plural(reply.resolved.length, "value")} as seen`);
          return;
        }
        const reply = await client.sync.losses.query({ collection: named });
        out.answer(reply, ({ items }) =>
          out.table(items, [
            { heading: "ID", cell: ({ id }) => id },
            { heading: "COLLECTION", cell: ({ collection }) => collection },
            { heading: "WHAT", cell: whatOf },
            { heading: "KEPT", cell: ({ kept }) => kept, flexible: true },
            { heading: "LOST", cell: ({ lost }) => lost, flexible: true },
            { heading: "FROM", cell: ({ side }) => SIDES[side] },
            { heading: "BACKUP", cell: ({ backup }) => backup ?? "" },
          ]),
        );
        out.notice(
          reply.items.length === 0
            ? "Nothing lost that you have not seen"
            : "Mark them as seen: skillmeat sync resolve --all",
        );
      }),
    );
}

function readIds(text: string, before: readonly number[] = []): number[] {
  return [...before, positiveNumber(text)];
}

function whatOf({ kind, name, field }: Loss): string {
  if (name === "") return `order of the ${kind}s`;
  return field === "row" ? `${kind} ${name}` : `${kind} ${name}: ${field}`;
}
