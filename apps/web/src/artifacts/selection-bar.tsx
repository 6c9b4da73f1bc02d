import { FolderPlus, Tag, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { Artifact } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import { countOf } from "./count-of.ts";
import { GroupPicker } from "./group-picker.tsx";
import { removeArtifacts } from "./remove-artifacts.ts";
import type { TagIndex } from "./tag-mark.tsx";
import { TagPicker } from "./tag-picker.tsx";
import { visibleText } from "./visible-text.ts";

/** How many of those to be removed are named. */
const NAMED = 8;

/** What can be done with the artifacts that are selected. */
export function SelectionBar({
  collection,
  count: number,
  artifacts: known,
  tags,
  onClear,
}: {
  readonly collection: string;
  readonly count: number;
  /** Null until all of them are known. */
  readonly artifacts: readonly Artifact[] | null;
  readonly tags: TagIndex;
  readonly onClear: () => void;
}) {
  const [isAsking, setAsking] = useState(false);
  const artifacts = known ?? [];
  const isReady = known !== null;
  const remove = () => {
    setAsking(false);
    onClear();
    void removeArtifacts(collection, artifacts);
  };
  const count = countOf(number, "artifact");
  return (
    <div
      role="group"
      aria-label="Selected artifacts"
      className="absolute inset-x-3 bottom-3 z-20 mx-auto flex max-w-lg items-center gap-1 rounded-xl border border-line bg-raised p-1.5 shadow-card"
    >
      <span className="flex-1 px-2 font-medium whitespace-nowrap tabular-nums">
        {number.toLocaleString("en")} selected
      </span>
      <TagPicker
        collection={collection}
        artifacts={artifacts}
        tags={tags}
        label={`Tag ${count}`}
        trigger={
          <Button className="px-2 sm:px-3" disabled={!isReady}>
            <Tag />
            Tag
          </Button>
        }
      />
      <GroupPicker
        collection={collection}
        artifacts={artifacts}
        label={`Put ${count} into a group`}
        trigger={
          <Button className="px-2 sm:px-3" disabled={!isReady}>
            <FolderPlus />
            Group
          </Button>
        }
      />
      <Button
        className="px-2 text-bad sm:px-3"
        disabled={!isReady}
        aria-label={`Remove ${count}`}
        onClick={() => (artifacts.length > 1 ? setAsking(true) : remove())}
      >
        <Trash2 />
        <span className="hidden sm:inline">Remove</span>
      </Button>
      <Button size="icon" aria-label="Select nothing" onClick={onClear}>
        <X />
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={`Remove ${count}?`}
        description="They leave their groups, and their files go to the trash. This can be undone."
      >
        <ul className="space-y-1">
          {artifacts.slice(0, NAMED).map(({ id, name }) => (
            <li key={id} className="truncate">
              <bdi>{visibleText(name)}</bdi>
            </li>
          ))}
          {artifacts.length > NAMED && (
            <li className="text-ink-faint">and {artifacts.length - NAMED} more</li>
          )}
        </ul>
        <DialogButtons>
          <Button look="outline" onClick={() => setAsking(false)}>
            Keep them
          </Button>
          <Button look="danger" onClick={remove}>
            Remove {count}
          </Button>
        </DialogButtons>
      </Dialog>
    </div>
  );
}
