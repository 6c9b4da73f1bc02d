import type { Command } from "commander";
import { inSession } from "../session.ts";
import { reportSaved } from "./mutation.ts";
import { positiveNumber, withExample } from "./options.ts";

export function declareUndo(program: Command): void {
  withExample(program.command("undo"), "undo", "undo 12")
    .description("take a change back: the last one that was not undone yet, or the one named")
    .argument(
      "[id]",
      "the change, as history lists it; an undo's, to do again what it undid",
      positiveNumber,
    )
    .action(
      inSession(async ({ client, collection, out }, id: number | undefined) => {
        const reply = await client.history.undo.mutate({ collection: await collection(), id });
        const { id: of, summary, undoes } = reply.undone;
        const what = undoes === null ? `: ${summary}` : ` (${summary})`;
        reportSaved(out, reply, `Undid change ${of}${what}`);
      }),
    );
}
