import { Boxes, KanbanSquare, Plus } from "lucide-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useGroups } from "../api/queries.ts";
import { CrashPage } from "../app/problem-pages.tsx";
import { Button, buttonLook } from "../ui/button.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { Command, Empty } from "../ui/empty.tsx";
import { Board } from "./board.tsx";
import { useUngrouped } from "./use-ungrouped.ts";

const route = getRouteApi("/c/$collection/board");

/** The groups of a collection side by side, with their artifacts as cards that can be moved. */
export function BoardPage() {
  const { collection } = route.useParams();
  // Of another collection nothing is selected, lifted or open.
  return <BoardOf key={collection} collection={collection} />;
}

function BoardOf({ collection }: { readonly collection: string }) {
  // Groups can be made before there is anything to put into them.
  const [isStarted, setStarted] = useState(false);
  const groups = useGroups(collection);
  const ungrouped = useUngrouped(collection, {});
  if (groups.data === undefined) {
    return groups.error === null ? <BoardSkeleton /> : <CrashPage error={groups.error} />;
  }
  const isEmpty =
    !isStarted &&
    groups.data.items.length === 0 &&
    ungrouped.isLoaded &&
    ungrouped.cards.length === 0;
  if (isEmpty) return <EmptyBoard collection={collection} onStart={() => setStarted(true)} />;
  return <Board collection={collection} groups={groups.data.items} isCreating={isStarted} />;
}

function EmptyBoard({
  collection,
  onStart,
}: {
  readonly collection: string;
  readonly onStart: () => void;
}) {
  return (
    <div className="h-full overflow-y-auto">
      <h1 className="sr-only">Board</h1>
      <Empty
        icon={<KanbanSquare />}
        title="Nothing to arrange yet"
        actions={
          <>
            <Link
              to="/c/$collection/artifacts"
              params={{ collection }}
              className={buttonLook({ look: "outline" })}
            >
              <Boxes />
              To the artifacts
            </Link>
            <Button look="outline" onClick={onStart}>
              <Plus />
              New group
            </Button>
          </>
        }
      >
        <p>
          Here stand the artifacts of this collection, in groups of your own. Put a skill, a command
          or an agent into its folder, or add one from anywhere:
        </p>
        <p className="mt-2">
          <Command>skillmeat artifact add PATH</Command>
        </p>
      </Empty>
    </div>
  );
}

const CARDS = [5, 3, 6, 2];

function BoardSkeleton() {
  return (
    <Skeletons>
      <div className="flex gap-3 overflow-hidden p-3 pt-15">
        {CARDS.map((count) => (
          <div key={count} className="w-72 shrink-0 space-y-2 rounded-xl border border-line p-2">
            <Skeleton className="m-1 h-5 w-32" />
            {Array.from({ length: count }, (_, card) => (
              <Skeleton key={card} className="h-14" />
            ))}
          </div>
        ))}
      </div>
    </Skeletons>
  );
}
