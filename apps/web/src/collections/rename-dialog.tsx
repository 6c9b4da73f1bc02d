import { useState, type FormEvent } from "react";
import { sayError } from "../api/errors.ts";
import type { Collection } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";
import { renameCollection } from "./collection-calls.ts";

/** Changes what a collection is shown as; its folder keeps its name. */
export function RenameDialog({
  collection,
  onClose,
}: {
  readonly collection: Collection;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState(collection.displayName);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wanted = text.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (wanted === collection.displayName) return onClose();
    setBusy(true);
    const isDone = await renameCollection(collection, wanted, (error) =>
      setProblem(sayError(error)),
    );
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Rename ${visibleText(collection.displayName)}`}
      description={`What it is shown as. Its folder, and what commands call it, stays ${collection.name}.`}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Field label="Shown as" problem={problem}>
          {(props) => (
            <Input
              {...props}
              value={text}
              autoComplete="off"
              onFocus={(event) => event.target.select()}
              onChange={(event) => {
                setText(event.target.value);
                setProblem(null);
              }}
            />
          )}
        </Field>
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button look="accent" type="submit" disabled={isBusy || wanted === ""}>
            Rename
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
