import { client, queryClient } from "./client.ts";
import { tell } from "../ui/toasts.tsx";
import { tellError } from "./errors.ts";
import { noteOwnChange, whileUnderWay } from "./own-changes.ts";

/** Takes back a change, or the newest that can be, and says which it was. */
export async function undoChange(collection: string, id?: number): Promise<void> {
  await whileUnderWay(async () => {
    try {
      const reply = await client.history.undo.mutate(
        id === undefined ? { collection } : { collection, id },
      );
      noteOwnChange(collection, reply.change);
      await queryClient.invalidateQueries();
      tell(`Undone: ${reply.undone.summary}`);
    } catch (error) {
      tellError(error);
    }
  });
}
