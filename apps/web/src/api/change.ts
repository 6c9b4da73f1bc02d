import { tell } from "../ui/toasts.tsx";
import { queryClient } from "./client.ts";
import { tellError } from "./errors.ts";
import { noteOwnChange, whileUnderWay } from "./own-changes.ts";
import { undoChange } from "./undo.ts";

/** What each reply of a mutation says of itself. */
export interface Outcome {
  readonly saved: boolean;
  readonly reason: string | null;
  readonly change: number | null;
}

/** A change that a person makes. */
export interface Change<Reply extends Outcome> {
  readonly collection: string;
  readonly call: () => Promise<Reply>;
  /** Shows the change before the server has it. @returns what takes that back */
  readonly show?: () => () => void;
  /** Puts what the server answered in the place of what was shown. */
  readonly settle?: (reply: Reply) => void;
  /** What a person is told, with a button that takes it back; nothing where what they see says it. */
  readonly done?: (reply: Reply) => string;
  /** Told why it failed, in the place of a message; where a form says it. */
  readonly refused?: (error: unknown) => void;
}

const last = new Map<string, Promise<unknown>>();

/**
 * Makes a change: shown at once, sent behind those that were made before it, and taken back with a message
 * where it fails.
 * @returns the reply; null where it failed, which the person was told then
 */
export function makeChange<Reply extends Outcome>(change: Change<Reply>): Promise<Reply | null> {
  const { collection, call, show, settle, done, refused = tellError } = change;
  const takeBack = show?.();
  return whileUnderWay(async () => {
    const before = last.get(collection) ?? Promise.resolve();
    // Later ones may stand on earlier ones, and two at once might be done in either order.
    const turn = before.then(call, call);
    last.set(
      collection,
      turn.catch(() => {}),
    );
    try {
      const reply = await turn;
      noteOwnChange(collection, reply.change);
      settle?.(reply);
      const text = done?.(reply);
      if (text !== undefined) tellDone(collection, text, reply.change);
      return reply;
    } catch (error) {
      takeBack?.();
      refused(error);
      // What was shown besides may have stood on it.
      void queryClient.invalidateQueries();
      return null;
    }
  });
}

function tellDone(collection: string, text: string, id: number | null): void {
  tell(
    text,
    id === null
      ? {}
      : { action: { label: "Undo", onClick: () => void undoChange(collection, id) } },
  );
}
