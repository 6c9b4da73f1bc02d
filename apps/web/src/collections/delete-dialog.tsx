import { isSkillmeatError } from "@skillmeat/client";
import { useState } from "react";
import { explainError } from "../api/errors.ts";
import type { Collection } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { deleteCollection } from "./collection-calls.ts";

/** Asks before a collection goes, says what becomes of its folder, and of what is not saved. */
export function DeleteDialog({
  collection,
  onClose,
}: {
  readonly collection: Collection;
  readonly onClose: () => void;
}) {
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { linked, path } = collection;
  const name = visibleText(collection.displayName);
  const isUnsaved = isSkillmeatError(refusal) && refusal.data.reason === "unsaved-changes";
  const act = linked ? "Unlink" : "Delete";
  const go = async () => {
    setBusy(true);
    const isDone = await deleteCollection(collection, isUnsaved, setRefusal);
    setBusy(false);
    if (isDone) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`${act} ${name}?`}>
      <p>
        {linked
          ? "The collection is not listed here any more. Its folder is not touched, and can be linked again:"
          : "The folder, with all artifacts in it, is moved to the trash, and can be restored from there:"}
      </p>
      <p className="mt-2 rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs wrap-anywhere">
        {path}
      </p>
      <p className="mt-2 text-ink-soft">
        {linked
          ? "What could be undone in it until now cannot be any more."
          : "Groups and tags are in its collection.toml, and come back with it; what could be undone in it until now cannot be any more."}
      </p>
      {refusal !== null && (
        <div role="alert" className="mt-3 rounded-lg border border-bad bg-bad-soft px-3 py-2">
          <p className="font-semibold text-bad">{linked ? "Not unlinked" : "Not deleted"}</p>
          <p className="mt-0.5 wrap-anywhere">{explainError(refusal).message}</p>
          {!isUnsaved && <p className="mt-0.5 text-ink-soft">{explainError(refusal).hint}</p>}
        </div>
      )}
      <DialogButtons>
        <Button look="outline" onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" disabled={isBusy} onClick={() => void go()}>
          {isUnsaved ? `${act}, and lose what is not saved` : act}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
