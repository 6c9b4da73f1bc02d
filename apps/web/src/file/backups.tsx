import type { Backup } from "@skillmeat/core/schema";
import { useQuery } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import { useState } from "react";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Command, Empty } from "../ui/empty.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { BackupText } from "./backup-text.tsx";
import { restore } from "./file-calls.ts";
import { Time } from "./time.tsx";

/** Texts of the file that a write displaced, the newest first; each can be looked at and brought back. */
export function Backups({
  collection,
  opened,
  onOpen,
}: {
  readonly collection: string;
  /** The id of the one whose text is shown. */
  readonly opened: string | null;
  readonly onOpen: (id: string | null) => void;
}) {
  const { data, error } = useQuery(trpc.backups.list.queryOptions({ collection }));
  if (error !== null) return <p className="text-bad">{explainError(error).message}</p>;
  if (data === undefined) {
    return (
      <Skeletons>
        <Skeleton className="h-24" />
      </Skeletons>
    );
  }
  if (data.items.length === 0) {
    return (
      <Empty icon={<Archive />} title="No backups yet">
        Before a write replaces what somebody else wrote into the file, that text is kept here. In a
        terminal: <Command>{`skillmeat backup list --collection ${collection}`}</Command>
      </Empty>
    );
  }
  return (
    <ul aria-label="Backups" className="divide-y divide-line">
      {data.items.map((backup) => (
        <BackupRow
          key={backup.id}
          backup={backup}
          isOpen={backup.id === opened}
          onOpen={(isOpen) => onOpen(isOpen ? backup.id : null)}
        />
      ))}
    </ul>
  );
}

function BackupRow({
  backup,
  isOpen,
  onOpen,
}: {
  readonly backup: Backup;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}) {
  const { id, collection, at, bytes } = backup;
  const [isAsked, setAsked] = useState(false);
  const [isGoing, setGoing] = useState(false);
  async function go() {
    setGoing(true);
    await restore(collection, id);
    setGoing(false);
    setAsked(false);
  }
  return (
    <li className="py-2.5" data-backup={id}>
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-40 flex-1">
          <div className="font-medium">
            <Time at={at} />
          </div>
          <div className="font-mono text-xs wrap-anywhere text-ink-faint">
            {id} · {bytes.toLocaleString("en")} bytes
          </div>
        </div>
        <Button
          size="small"
          look="outline"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Hide" : "Show"} the backup ${id}`}
          onClick={() => onOpen(!isOpen)}
        >
          {isOpen ? "Hide" : "Show"}
        </Button>
        <Button
          size="small"
          look="outline"
          aria-expanded={isAsked}
          aria-label={`Restore the backup ${id}`}
          onClick={() => setAsked(!isAsked)}
        >
          Restore…
        </Button>
      </div>
      {isAsked && (
        <div className="mt-2 rounded-lg border border-warn bg-warn-soft p-3">
          <p>
            The whole file becomes this text again, and groups and tags follow it. The present file
            is backed up first, and the change can be undone.
          </p>
          <div className="mt-2 flex gap-2">
            <Button look="accent" size="small" disabled={isGoing} onClick={() => void go()}>
              Restore it
            </Button>
            <Button size="small" onClick={() => setAsked(false)}>
              Leave it
            </Button>
          </div>
        </div>
      )}
      {isOpen && <BackupText collection={collection} id={id} />}
    </li>
  );
}
