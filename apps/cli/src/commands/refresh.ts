import type { Command } from "commander";
import { inSession } from "../session.ts";
import { formatRefreshes, NO_COLLECTIONS } from "../views/sync.ts";
import { withExample } from "./options.ts";

export function declareRefresh(program: Command): void {
  withExample(program.command("refresh"), "refresh")
    .description("read manifests and folders anew; of every collection where none is named")
    .action(
      inSession(async ({ client, named, out }) => {
        const reply = await client.cache.refresh.mutate({ collection: named });
        out.answer(reply, ({ collections }) => formatRefreshes(out, collections));
        if (reply.collections.length === 0) out.notice(NO_COLLECTIONS);
        for (const { name, problems } of reply.collections) out.problems(name, problems);
      }),
    );
}
