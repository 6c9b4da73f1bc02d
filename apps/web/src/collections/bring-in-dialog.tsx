import { useState, type FormEvent } from "react";
import { sayError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Command } from "../ui/empty.tsx";
import { Field, Input } from "../ui/field.tsx";
import { ArrivalReport } from "./arrival-report.tsx";
import { bringIn, type Arrival, type Way } from "./collection-calls.ts";
import { NAME_RULE } from "./create-dialog.tsx";
import { WayChoice } from "./way-choice.tsx";

/** Brings in a folder as a collection, and reports what came with it. */
export function BringInDialog({ onClose }: { readonly onClose: () => void }) {
  const [way, setWay] = useState<Way>("import");
  const [path, setPath] = useState("");
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [arrival, setArrival] = useState<Arrival | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const wrong = pathProblem(path.trim());
    if (wrong !== null) return setProblem(wrong);
    setBusy(true);
    const wanted = name.trim();
    const input = { path: path.trim(), ...(wanted === "" ? {} : { name: wanted }) };
    setArrival(await bringIn(way, input, (error) => setProblem(sayError(error))));
    setBusy(false);
  };
  if (arrival !== null) return <ArrivalReport way={way} arrival={arrival} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import or link a folder"
      description="A folder of artifacts, with or without a collection.toml, on the machine where the server runs."
    >
      <form className="space-y-3" onSubmit={(event) => void submit(event)}>
        <WayChoice value={way} onChange={setWay} />
        <Field
          label="Folder"
          problem={problem}
          hint={
            way === "import"
              ? "Its path, or that of a collection.toml, from / on"
              : "Its path, from / on"
          }
        >
          {(props) => (
            <Input
              {...props}
              value={path}
              autoComplete="off"
              spellCheck={false}
              placeholder="/home/me/team-skills"
              className="font-mono text-[0.8125rem]"
              onChange={(event) => {
                setPath(event.target.value);
                setProblem(null);
              }}
            />
          )}
        </Field>
        <Field label="Name" hint={`The folder’s where this is empty; ${NAME_RULE}`}>
          {(props) => (
            <Input
              {...props}
              value={name}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className="font-mono text-[0.8125rem]"
              onChange={(event) => {
                setName(event.target.value);
                setProblem(null);
              }}
            />
          )}
        </Field>
        <p className="text-xs text-ink-faint">
          In a terminal: <Command>{`skillmeat collection ${way} PATH`}</Command>
        </p>
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button look="accent" type="submit" disabled={isBusy || path.trim() === ""}>
            {way === "import" ? "Import" : "Link"}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** The server stands in a folder of its own, and a page in none: what a path begins at has to be said. */
function pathProblem(path: string): string | null {
  if (path.startsWith("~")) return "Write the home folder out: the path begins with /";
  return path.startsWith("/") ? null : "Give the whole path, from / on";
}
