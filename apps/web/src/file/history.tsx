import type { HistoryItem } from "@skillmeat/core/schema";
import { useInfiniteQuery } from "@tanstack/react-query";
import { FilePenLine, History as HistoryIcon, PencilLine, RotateCcw } from "lucide-react";
import { useState } from "react";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { itemsOf } from "../api/queries.ts";
import { undoChange } from "../api/undo.ts";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { Empty } from "../ui/empty.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { Time } from "./time.tsx";

/** How many changes are asked for at once. */
const PAGE = 50;

/** What was done to the collection, the newest first, each with the way back where there is one. */
export function History({ collection }: { readonly collection: string }) {
  const query = useInfiniteQuery(
    trpc.history.list.infiniteQueryOptions(
      { collection, limit: PAGE },
      { getNextPageParam: ({ nextCursor }) => nextCursor },
    ),
  );
  const items = itemsOf(query);
  if (query.error !== null && items.length === 0) {
    return <p className="text-bad">{explainError(query.error).message}</p>;
  }
  if (query.isPending) {
    return (
      <Skeletons>
        <Skeleton className="h-40" />
      </Skeletons>
    );
  }
  if (items.length === 0) {
    return (
      <Empty icon={<HistoryIcon />} title="Nothing was changed yet">
        What is changed here, by a command or in the file is listed, and can be undone.
      </Empty>
    );
  }
  return (
    <>
      <ol aria-label="Changes" className="divide-y divide-line">
        {items.map((item) => (
          <ChangeRow key={item.id} item={item} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          look="outline"
          className="mt-3"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show earlier changes
        </Button>
      )}
    </>
  );
}

function ChangeRow({ item }: { readonly item: HistoryItem }) {
  const { id, collection, at, origin, summary, undoes, undoneBy, undoable } = item;
  const [isGoing, setGoing] = useState(false);
  const isUndone = undoneBy !== null;
  const Icon = iconOf(item);
  const word = undoes === null ? "Undo" : "Redo";
  async function undo() {
    setGoing(true);
    await undoChange(collection, id);
    setGoing(false);
  }
  return (
    <li className="flex items-start gap-2.5 py-2">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
      <div className="min-w-0 flex-1">
        <div className={classes("wrap-anywhere", isUndone && "text-ink-faint")}>
          {isUndone ? <del>{summary}</del> : summary}
        </div>
        <div className="text-xs text-ink-faint">
          <Time at={at} />
          {origin === "file" ? ", found in the file or the folders" : ", here or by a command"}
          {undoes !== null && ", an undo"}
          {isUndone && ", undone"}
        </div>
      </div>
      {undoable && (
        <Button
          size="small"
          look="outline"
          disabled={isGoing}
          aria-label={`${word}: ${summary}`}
          onClick={() => void undo()}
        >
          {word}
        </Button>
      )}
    </li>
  );
}

function iconOf({ origin, undoes }: HistoryItem) {
  if (undoes !== null) return RotateCcw;
  return origin === "file" ? FilePenLine : PencilLine;
}
