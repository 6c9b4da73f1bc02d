import { client, queryClient } from "../api/client.ts";
import { tellError } from "../api/errors.ts";
import { noteOwnChange, whileUnderWay } from "../api/own-changes.ts";
import { tell } from "../ui/toasts.tsx";

/** The most that the history can take back. */
const HISTORY = 200;

/**
 * Tells of changes that belong together, with one button that takes all of them back.
 * @param changes as their replies named them, in the order in which they were made
 */
export function tellDoneTogether(
  collection: string,
  text: string,
  changes: readonly (number | null)[],
): void {
  const ids = changes.filter((id) => id !== null);
  if (ids.length === 0 || ids.length > HISTORY) return tell(text);
  const undo = () => void undoTogether(collection, ids, text);
  tell(text, { action: { label: "Undo", onClick: undo } });
}

async function undoTogether(
  collection: string,
  ids: readonly number[],
  text: string,
): Promise<void> {
  await whileUnderWay(async () => {
    try {
      // Later ones stand on earlier ones.
      for (const id of ids.toReversed()) {
        const { change } = await client.history.undo.mutate({ collection, id });
        noteOwnChange(collection, change);
      }
      tell(`Undone: ${text}`);
    } catch (error) {
      tellError(error);
    }
    await queryClient.invalidateQueries();
  });
}
