import { useEffect, useRef, useState, type FormEvent } from "react";
import { sayError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { ColorPicker } from "../ui/color-picker.tsx";
import { Input } from "../ui/field.tsx";
import { TagChip } from "../ui/tag-chip.tsx";
import { createTag } from "./tag-changes.ts";
import { useSlugOf } from "./use-slug-of.ts";

/** What makes a tag, and says by what slug it will be known. It stays, for the next one. */
export function NewTagForm({
  collection,
  onClose,
}: {
  readonly collection: string;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [color, setColor] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const slugOf = useSlugOf();
  const wanted = name.trim();
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || wanted === "") return;
    setBusy(true);
    const tag = await createTag(collection, { name: wanted, description, color }, (error) =>
      setProblem(sayError(error)),
    );
    setBusy(false);
    field.current?.focus();
    // What was refused stays, to be mended.
    if (tag === null) return;
    setName("");
    setDescription("");
    setColor("");
  };
  return (
    <form
      aria-label="New tag"
      className="border-t border-line bg-sunken px-3 py-2.5"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        // The palette of colours closes itself.
        const { target } = event;
        if (!(target instanceof Node && event.currentTarget.contains(target))) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <ColorPicker value={color} label="Colour of the new tag" onChoose={setColor} />
        <Input
          ref={field}
          aria-label="Name of the new tag"
          aria-invalid={problem !== null}
          aria-describedby="new-tag-about"
          placeholder="Name"
          autoComplete="off"
          className="min-w-40 flex-1 basis-40"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setProblem(null);
          }}
        />
        <Input
          aria-label="Description of the new tag"
          placeholder="Description, if any"
          autoComplete="off"
          className="min-w-52 flex-2 basis-52"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <Button type="submit" look="accent" disabled={isBusy || wanted === ""}>
          Create
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
      <p
        id="new-tag-about"
        className="mt-1.5 flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1 pl-9 text-xs text-ink-soft"
      >
        {problem === null ? (
          <>
            {wanted !== "" && <TagChip name={wanted} color={color} />}
            <span className="wrap-anywhere">
              Slug:{" "}
              {wanted === "" || slugOf === null ? (
                "made of the name"
              ) : (
                <code className="font-mono">{slugOf(wanted)}</code>
              )}
            </span>
          </>
        ) : (
          <span role="alert" className="text-bad">
            {problem}
          </span>
        )}
      </p>
    </form>
  );
}
