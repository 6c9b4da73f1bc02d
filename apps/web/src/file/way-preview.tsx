import type { CollectionSynced, Conflict } from "@skillmeat/core/schema";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { ChangeList } from "./change-list.tsx";
import { labelOf, quoted, rowName } from "./describe-change.ts";
import { goWay, previewWay, type Way } from "./file-calls.ts";
import { plural } from "./plural.ts";
import { TextDiff } from "./text-diff.tsx";

/** What a way of bringing the two together would do, and the button that does it. */
export function WayPreview({
  collection,
  way,
  label,
  says,
  onDone,
}: {
  readonly collection: string;
  readonly way: Way;
  readonly label: string;
  readonly says: string;
  readonly onDone: () => void;
}) {
  const [isGoing, setGoing] = useState(false);
  const { data, error } = useQuery({
    // Under the key of the differences, so that what makes those void makes this void.
    queryKey: [...trpc.sync.pathKey(), { preview: way, collection }],
    queryFn: () => previewWay(collection, way),
  });
  async function go() {
    setGoing(true);
    await goWay(collection, way);
    onDone();
  }
  return (
    <div className="mt-2 rounded-lg border border-line bg-surface p-3">
      <p>{says}</p>
      {error !== null && <p className="mt-2 text-bad">{explainError(error).message}</p>}
      {data === undefined && error === null && (
        <Skeletons>
          <Skeleton className="mt-3 h-24" />
        </Skeletons>
      )}
      {data !== undefined && data !== null && <Outcome synced={data} />}
      <Button
        look="accent"
        className="mt-3"
        disabled={data === undefined || isGoing}
        onClick={() => void go()}
      >
        {label}
      </Button>
    </div>
  );
}

function Outcome({ synced: { changes, diff, conflicts } }: { readonly synced: CollectionSynced }) {
  if (changes.length === 0 && diff === "" && conflicts.length === 0) {
    return <p className="mt-2 text-ink-soft">Nothing would change, here or in the file.</p>;
  }
  return (
    <div className="mt-3 space-y-3">
      {conflicts.length > 0 && (
        <div>
          <h4 className="mb-1 font-medium text-warn">
            {plural(conflicts.length, "thing")} that both sides changed
          </h4>
          <ul aria-label="Conflicts" className="space-y-1">
            {conflicts.map((conflict) => (
              <li
                key={`${conflict.kind}:${conflict.name}:${conflict.field}`}
                className="wrap-anywhere"
              >
                <ConflictText conflict={conflict} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {changes.length > 0 && (
        <div>
          <h4 className="mb-1 font-medium">What changes here</h4>
          <ChangeList changes={changes} sides="before-and-after" label="What changes here" />
        </div>
      )}
      {diff !== "" && (
        <div>
          <h4 className="mb-1 font-medium">What changes in the file</h4>
          <TextDiff diff={diff} label="What changes in the file" />
        </div>
      )}
    </div>
  );
}

/** What both sides changed, which value stands, and which does not. */
function ConflictText({ conflict }: { readonly conflict: Conflict }) {
  const { kind, name, field, kept, lost } = conflict;
  return (
    <>
      <span className="font-medium">{rowName(kind, name)}</span>
      {name !== "" && field !== "row" && `, ${labelOf(field)}`}
      <span className="text-ink-soft">
        {field === "row"
          ? `: one side ${lost} it, the other ${kept} it; it stays`
          : `: ${quoted(kept)} stands, ${quoted(lost)} does not`}
      </span>
    </>
  );
}
