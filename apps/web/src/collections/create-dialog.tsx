import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { sayError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Command } from "../ui/empty.tsx";
import { Field, Input } from "../ui/field.tsx";
import { createCollection } from "./collection-calls.ts";

/** What a new collection's name may be; the server holds it. */
export const NAME_RULE = "1 to 64 of a–z, 0–9, “.”, “_” and “-”, beginning with a letter or digit";

/** Makes an empty collection, and opens it. */
export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const navigate = useNavigate();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const shownAs = displayName.trim();
    const made = await createCollection(
      { name: name.trim(), ...(shownAs === "" ? {} : { displayName: shownAs }) },
      (error) => setProblem(sayError(error)),
    );
    setBusy(false);
    if (made === null) return;
    onClose();
    void navigate({ to: "/c/$collection/board", params: { collection: made.name } });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="New collection"
      description="An empty folder in your home, with a collection.toml."
    >
      <form className="space-y-3" onSubmit={(event) => void submit(event)}>
        <Field label="Name" problem={problem} hint={`The name of its folder: ${NAME_RULE}`}>
          {(props) => (
            <Input
              {...props}
              value={name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder="work"
              className="font-mono text-[0.8125rem]"
              onChange={(event) => {
                setName(event.target.value);
                setProblem(null);
              }}
            />
          )}
        </Field>
        <Field label="Shown as" hint="Any text; the name where this is empty">
          {(props) => (
            <Input
              {...props}
              value={displayName}
              autoComplete="off"
              placeholder="For work"
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Field>
        <p className="text-xs text-ink-faint">
          In a terminal: <Command>skillmeat collection create NAME</Command>
        </p>
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button look="accent" type="submit" disabled={isBusy || name.trim() === ""}>
            Create
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
