import { useState, type FormEvent } from "react";
import { sayError } from "../api/errors.ts";
import type { Tag } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { Field, Input } from "../ui/field.tsx";
import { changeSlug } from "./tag-changes.ts";

/** Changes a tag's slug, which is refused where files hold on to it. */
export function SlugDialog({
  collection,
  tag,
  onClose,
}: {
  readonly collection: string;
  readonly tag: Tag;
  readonly onClose: () => void;
}) {
  const [slug, setSlug] = useState(tag.slug);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const isDone = await changeSlug(collection, tag, slug.trim(), (error) =>
      setProblem(sayError(error)),
    );
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`The slug of “${visibleText(tag.name)}”`}
      description="It is what the tag is known by in files and in commands. A tag that is renamed keeps it."
    >
      <form onSubmit={(event) => void submit(event)}>
        <Field label="Slug" problem={problem} hint="Lower-case words joined by hyphens">
          {(props) => (
            <Input
              {...props}
              value={slug}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-[0.8125rem]"
              onChange={(event) => {
                setSlug(event.target.value);
                setProblem(null);
              }}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <p className="mt-3 text-ink-soft">
          What the manifest says of artifacts goes along. The files of artifacts are never edited
          here: while one of them carries the tag, its slug cannot change.
        </p>
        <DialogButtons>
          <Button look="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="accent"
            type="submit"
            disabled={isBusy || slug.trim() === "" || slug.trim() === tag.slug}
          >
            Change the slug
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
