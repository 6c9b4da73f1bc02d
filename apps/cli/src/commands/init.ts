import type { RouterOutputs, SkillmeatClient } from "@skillmeat/client";
import type { Command } from "commander";
import { toFailure } from "../failure.ts";
import { nextCommand } from "../next-command.ts";
import { inSession } from "../session.ts";
import { reportSaved } from "./mutation.ts";
import { withExample } from "./options.ts";

type Reply = RouterOutputs["collections"]["create"] & { created: boolean };

export function declareInit(program: Command): void {
  withExample(program.command("init"), "init", "init work")
    .description("make the home and a first collection; one that is there already stays as it is")
    .argument("[name]", "the collection's name")
    .action(
      inSession(async ({ client, collection, named, out }, name: string | undefined) => {
        const usual = (await collection()) ?? "default";
        const reply = await ensureCollection(client, name ?? usual);
        const { name: made, path } = reply.collection;
        reportSaved(
          out,
          reply,
          reply.created
            ? `Created the collection in ${path}`
            : `The collection is already in ${path}`,
        );
        const other = named === undefined && made === usual ? undefined : made;
        if (reply.created) out.notice(`Next: ${nextCommand("artifact add PATH", other)}`);
      }),
    );
}

async function ensureCollection(client: SkillmeatClient, name: string): Promise<Reply> {
  try {
    const collection = await client.collections.get.query({ collection: name });
    return { collection, saved: true, reason: null, change: null, created: false };
  } catch (error) {
    if (toFailure(error).code !== "not-found") throw error;
    return { ...(await client.collections.create.mutate({ name })), created: true };
  }
}
