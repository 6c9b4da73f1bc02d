import { useQuery } from "@tanstack/react-query";
import { useId, type KeyboardEvent } from "react";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { findCached } from "./cached-artifacts.ts";
import { PanelBody } from "./panel-body.tsx";
import { PanelFrame } from "./panel-frame.tsx";
import { PanelHead } from "./panel-head.tsx";
import { removeArtifacts } from "./remove-artifacts.ts";

export interface ArtifactPanelProps {
  readonly collection: string;
  /** `type:name` */
  readonly id: string;
  readonly onClose: () => void;
  /** Goes to the one behind it, or before it, in the list that it was opened from. */
  readonly onNext?: (() => void) | undefined;
  readonly onPrevious?: (() => void) | undefined;
}

/**
 * All that is known of an artifact: at the side, with the page beside it in use, or on a narrow screen over all
 * of it. Esc closes it; j and k go to the next one and the one before.
 */
export function ArtifactPanel({ collection, id, onClose, onNext, onPrevious }: ArtifactPanelProps) {
  const titleId = useId();
  const { data: artifact, error } = useQuery({
    ...trpc.artifacts.get.queryOptions({ collection, id }),
    placeholderData: () => findCached(collection, id),
  });
  const remove = () => {
    if (artifact === undefined) return;
    (onNext ?? onClose)();
    void removeArtifacts(collection, [artifact]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return;
    const go = event.key === "j" ? onNext : event.key === "k" ? onPrevious : undefined;
    if (go === undefined) return;
    event.preventDefault();
    go();
  };
  return (
    <PanelFrame titleId={titleId} id={id} onClose={onClose} onKeyDown={onKeyDown}>
      <PanelHead
        titleId={titleId}
        id={id}
        artifact={artifact}
        onNext={onNext}
        onPrevious={onPrevious}
        onRemove={remove}
        onClose={onClose}
      />
      {artifact !== undefined ? (
        <PanelBody key={id} collection={collection} artifact={artifact} />
      ) : error === null ? (
        <PanelSkeleton />
      ) : (
        <Empty
          title={explainError(error).message}
          actions={
            <Button look="outline" onClick={onClose}>
              Close
            </Button>
          }
        >
          It may have been removed or renamed.
        </Empty>
      )}
    </PanelFrame>
  );
}

function PanelSkeleton() {
  return (
    <Skeletons>
      <div className="space-y-3 p-4">
        <Skeleton className="h-6 w-1/2" />
        <Skeleton className="h-4" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    </Skeletons>
  );
}

/** Menus that the panel opens are within it for React, though not for the page. */
function isTyping({ target, currentTarget }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !currentTarget.contains(target)) return true;
  return target.closest("input, textarea, select") !== null;
}
