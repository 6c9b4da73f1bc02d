import { FolderSearch, Plus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { makeChange } from "../api/change.ts";
import { client } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Command } from "../ui/empty.tsx";
import { Field, Input } from "../ui/field.tsx";
import { AddPreview, type Preview } from "./add-preview.tsx";
import { typeOf } from "./artifact-type.tsx";
import { refreshAround } from "./cached-artifacts.ts";
import { countOf } from "./count-of.ts";
import { TypeField } from "./type-field.tsx";

/** What would be added, and by which words it was asked for. */
interface Seen extends Preview {
  readonly input: ReturnType<typeof inputOf>;
}

/** Adds artifacts from a file or a folder; what would be added is shown first. */
export function AddDialog({
  collection,
  onClose,
}: {
  readonly collection: string;
  readonly onClose: () => void;
}) {
  const [path, setPath] = useState("");
  const [type, setType] = useState("");
  const [seen, setSeen] = useState<Seen | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const forget = () => {
    setSeen(null);
    setProblem(null);
  };
  const look = async () => {
    const wrong = pathProblem(path.trim());
    if (wrong !== null) return setProblem(wrong);
    setBusy(true);
    try {
      const input = inputOf(collection, path, type);
      const { found, skipped } = await client.artifacts.add.mutate({ ...input, dryRun: true });
      setSeen({ found, skipped, input });
    } catch (error) {
      const { message, hint } = explainError(error);
      setProblem(hint === "" ? message : `${message}. ${hint}`);
    }
    setBusy(false);
  };
  const add = async ({ input }: Seen) => {
    setBusy(true);
    const reply = await makeChange({
      collection,
      call: () => client.artifacts.add.mutate(input),
      settle: () => refreshAround(collection, { lists: "all" }),
      done: ({ artifacts }) => `${countOf(artifacts.length, "artifact")} added`,
    });
    setBusy(false);
    if (reply !== null) onClose();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void (seen === null ? look() : add(seen));
  };
  const count = seen?.found.length ?? 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Add artifacts"
      description="A file, or a folder with any number of them, on the machine where the server runs. They are copied into the collection."
    >
      <form onSubmit={onSubmit}>
        <div className="flex flex-col gap-3">
          <Field
            label="Path"
            problem={problem}
            hint={
              <>
                In a terminal: <Command>skillmeat artifact add PATH</Command>
              </>
            }
          >
            {(props) => (
              <Input
                {...props}
                value={path}
                placeholder="/home/me/my-skills"
                autoComplete="off"
                spellCheck={false}
                className="font-mono text-[0.8125rem]"
                onChange={(event) => {
                  setPath(event.target.value);
                  forget();
                }}
              />
            )}
          </Field>
          <TypeField
            value={type}
            onChange={(value) => {
              setType(value);
              forget();
            }}
          />
          {seen !== null && <AddPreview {...seen} />}
        </div>
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          {seen === null ? (
            <Button look="accent" type="submit" disabled={isBusy || path.trim() === ""}>
              <FolderSearch />
              Look what is there
            </Button>
          ) : (
            <Button look="accent" type="submit" disabled={isBusy || count === 0}>
              <Plus />
              {count === 0 ? "Nothing to add" : `Add ${countOf(count, "artifact")}`}
            </Button>
          )}
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function inputOf(collection: string, path: string, type: string) {
  return { collection, paths: [path.trim()], type: typeOf(type) };
}

/** The server stands in a folder of its own, and a page in none: what a path begins at has to be said. */
function pathProblem(path: string): string | null {
  if (path.startsWith("~")) return "Write the home folder out: the path begins with /";
  return path.startsWith("/") ? null : "Give the whole path, from / on";
}
