import { useState, type FormEvent } from "react";
import { sayError } from "../api/errors.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";
import { restore, type TrashItem } from "./collection-calls.ts";
import { NAME_RULE } from "./create-dialog.tsx";

/** Restores a collection under another name, where its own is taken. */
export function RestoreDialog({
  item,
  why,
  onClose,
}: {
  readonly item: TrashItem;
  /** Why it was not restored under its own. */
  readonly why: string;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(`${item.name}-2`);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const isDone = await restore(item, name.trim(), (error) => setProblem(sayError(error)));
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Restore ${visibleText(item.name)} under another name`}
      description={why}
    >
      <form onSubmit={(event) => void submit(event)}>
        <Field label="Name" problem={problem} hint={NAME_RULE}>
          {(props) => (
            <Input
              {...props}
              value={name}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-[0.8125rem]"
              onChange={(event) => {
                setName(event.target.value);
                setProblem(null);
              }}
            />
          )}
        </Field>
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button look="accent" type="submit" disabled={isBusy || name.trim() === ""}>
            Restore
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
