import { Tabs } from "@base-ui/react/tabs";
import { useEffect, useState, type ReactNode } from "react";
import { queryClient, trpc } from "../api/client.ts";
import { connection, statuses } from "../api/live.ts";
import { useStore } from "../api/store.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { Backups } from "./backups.tsx";
import { Differences } from "./differences.tsx";
import { MissingMembers, Problems } from "./findings.tsx";
import { History } from "./history.tsx";
import { Losses } from "./losses.tsx";
import { Rebuild } from "./rebuild.tsx";
import { Standing } from "./standing.tsx";

/** The parts of the panel. */
export type PanelPart = "file" | "history" | "backups";

/** What there is to know of the file, and to do about it. */
export function FilePanel({
  collection,
  part,
  onPart,
  onClose,
}: {
  readonly collection: string;
  readonly part: PanelPart;
  readonly onPart: (part: PanelPart) => void;
  readonly onClose: () => void;
}) {
  const [backup, setBackup] = useState<string | null>(null);
  useFresh(collection);
  const openBackup = (id: string | null) => {
    setBackup(id);
    onPart("backups");
  };
  return (
    <Dialog
      open
      onClose={onClose}
      place="side"
      title="collection.toml"
      description={`The file of ${collection}, and how it stands`}
      className="w-[40rem]"
    >
      <Tabs.Root value={part} onValueChange={(value: PanelPart) => onPart(value)} className="-mt-4">
        <Tabs.List
          aria-label="Parts"
          className="sticky -top-4 z-10 -mx-4 flex gap-1 border-b border-line bg-raised px-3"
        >
          <Tab value="file">The file</Tab>
          <Tab value="history">History</Tab>
          <Tab value="backups">Backups</Tab>
        </Tabs.List>
        <Tabs.Panel value="file" className="pt-4 outline-none">
          <FileNow key={collection} collection={collection} onBackup={openBackup} />
          <Rebuild />
        </Tabs.Panel>
        <Tabs.Panel value="history" className="pt-2 outline-none">
          <History collection={collection} />
        </Tabs.Panel>
        <Tabs.Panel value="backups" className="pt-2 outline-none">
          <Backups collection={collection} opened={backup} onOpen={setBackup} />
        </Tabs.Panel>
      </Tabs.Root>
    </Dialog>
  );
}

function Tab({ value, children }: { readonly value: PanelPart; readonly children: ReactNode }) {
  return (
    <Tabs.Tab
      value={value}
      className="-mb-px h-10 border-b-2 border-transparent px-2.5 font-medium text-ink-soft hover:text-ink focus-visible:-outline-offset-4 data-active:border-accent data-active:text-ink"
    >
      {children}
    </Tabs.Tab>
  );
}

function FileNow({
  collection,
  onBackup,
}: {
  readonly collection: string;
  readonly onBackup: (id: string | null) => void;
}) {
  const now = useStore(statuses, (all) => all.get(collection));
  // For a moment nothing is known, as after a rebuild; what was known stays until then.
  const [last, setLast] = useState(now);
  if (now !== undefined && now !== last) setLast(now);
  const status = now ?? last;
  const isLost = useStore(connection, (it) => it === "lost" || it === "refused");
  if (status === undefined) {
    return (
      <Skeletons>
        <Skeleton className="h-24" />
      </Skeletons>
    );
  }
  return (
    <>
      <Standing status={status} isLost={isLost} onBackups={() => onBackup(null)} />
      <Differences status={status} />
      <Losses collection={collection} count={status.losses} onBackup={onBackup} />
      <Problems problems={status.problems} />
      <MissingMembers status={status} />
    </>
  );
}

/** Asks anew for what the panel shows, when it is opened and whenever the file stands otherwise than before. */
function useFresh(collection: string): void {
  const status = useStore(statuses, (all) => all.get(collection));
  useEffect(() => {
    void queryClient.invalidateQueries(trpc.sync.pathFilter());
    void queryClient.invalidateQueries(trpc.backups.pathFilter());
    void queryClient.invalidateQueries(trpc.history.pathFilter());
  }, [status]);
}
