import { useQuery } from "@tanstack/react-query";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";

/** As many characters of a text as are shown: a page of millions would stand still. */
const MOST = 100_000;

/** The text of a backup. */
export function BackupText({
  collection,
  id,
}: {
  readonly collection: string;
  readonly id: string;
}) {
  const { data, error } = useQuery(trpc.backups.get.queryOptions({ collection, id }));
  if (error !== null) return <p className="mt-2 text-bad">{explainError(error).message}</p>;
  if (data === undefined) {
    return (
      <Skeletons>
        <Skeleton className="mt-2 h-40" />
      </Skeletons>
    );
  }
  const isCut = data.text.length > MOST;
  return (
    <>
      <pre
        role="region"
        aria-label={`The text of the backup ${id}`}
        // What scrolls has to be reached by the keyboard.
        tabIndex={0}
        className="mt-2 max-h-96 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5"
      >
        {isCut ? data.text.slice(0, MOST) : data.text}
      </pre>
      {isCut && <p className="mt-1 text-xs text-ink-faint">The rest is in {data.path}</p>}
    </>
  );
}
