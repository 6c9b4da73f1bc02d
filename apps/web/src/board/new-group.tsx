import { Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "../api/store.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";
import { focusPlace, useBoard } from "./board-state.ts";
import { addGroup } from "./group-changes.ts";

/** What stands behind the last group, and makes another. */
export function NewGroup() {
  const board = useBoard();
  const isOpen = useStore(board.creating);
  if (isOpen) return <NewGroupName />;
  return (
    <Button
      className="h-11 w-full justify-start rounded-xl border border-dashed border-line-strong px-3"
      onClick={() => board.creating.set(true)}
    >
      <Plus />
      New group
    </Button>
  );
}

function NewGroupName() {
  const board = useBoard();
  const [name, setName] = useState("");
  const [isBusy, setBusy] = useState(false);
  const close = () => board.creating.set(false);
  const create = async () => {
    const wanted = name.trim();
    if (wanted === "" || isBusy) return;
    setBusy(true);
    const id = await addGroup(board.collection, wanted);
    setBusy(false);
    // What was refused stays, to be mended.
    if (id === null) return;
    close();
    focusPlace(board, { column: id, key: null });
  };
  return (
    <form
      className="space-y-2 rounded-xl border border-line bg-sunken p-2"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
      onBlur={(event) => {
        const isLeft = !event.currentTarget.contains(event.relatedTarget);
        if (isLeft && name.trim() === "") close();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        event.stopPropagation();
      }}
    >
      <Input
        autoFocus
        aria-label="Name of the new group"
        placeholder="Name"
        maxLength={255}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex gap-2">
        <Button type="submit" look="accent" size="small" disabled={name.trim() === "" || isBusy}>
          Create group
        </Button>
        <Button size="small" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
