import { CircleAlert, FolderInput, FolderPlus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { explainError } from "../api/errors.ts";
import { useCollections, type Collection } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { Command, Empty } from "../ui/empty.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { BringInDialog } from "./bring-in-dialog.tsx";
import { CollectionRow } from "./collection-row.tsx";
import { CreateDialog } from "./create-dialog.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import { Trash } from "./trash.tsx";

/** What is open over the page. */
export type CollectionDialog =
  | { readonly kind: "create" | "bring-in" }
  | { readonly kind: "rename" | "delete"; readonly collection: Collection };

/** All collections: to be opened, made, brought in, renamed and deleted; and what lies in the trash. */
export function CollectionsPage() {
  const [dialog, setDialog] = useState<CollectionDialog | null>(null);
  const { data, error } = useCollections();
  const close = () => setDialog(null);
  const actions = (
    <>
      <Button look="outline" onClick={() => setDialog({ kind: "bring-in" })}>
        <FolderInput />
        Import or link…
      </Button>
      <Button look="accent" onClick={() => setDialog({ kind: "create" })}>
        <FolderPlus />
        New collection
      </Button>
    </>
  );
  const isEmpty = data?.items.length === 0;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-3 py-5 sm:px-6 sm:py-8">
        <div className="flex min-h-8 flex-wrap items-center gap-2">
          <h1 className="w-full text-lg font-semibold sm:w-auto sm:flex-1">Collections</h1>
          {!isEmpty && actions}
        </div>
        {data === undefined ? (
          error === null ? (
            <Loading />
          ) : (
            <Empty icon={<CircleAlert />} title={explainError(error).message}>
              {explainError(error).hint}
            </Empty>
          )
        ) : isEmpty ? (
          <NoCollections actions={actions} />
        ) : (
          <ul
            aria-label="Collections"
            className="mt-4 divide-y divide-line rounded-xl border border-line bg-surface"
          >
            {data.items.map((collection) => (
              <CollectionRow key={collection.name} collection={collection} onDialog={setDialog} />
            ))}
          </ul>
        )}
        <Trash />
      </div>
      {dialog?.kind === "create" && <CreateDialog onClose={close} />}
      {dialog?.kind === "bring-in" && <BringInDialog onClose={close} />}
      {dialog?.kind === "rename" && <RenameDialog collection={dialog.collection} onClose={close} />}
      {dialog?.kind === "delete" && <DeleteDialog collection={dialog.collection} onClose={close} />}
    </div>
  );
}

function NoCollections({ actions }: { readonly actions: ReactNode }) {
  return (
    <Empty icon={<FolderPlus />} title="No collections yet" actions={actions}>
      <p>
        A collection is a folder of skills, commands, agents and their kin, with a{" "}
        <span className="font-mono text-[0.8125rem]">collection.toml</span> that holds its groups
        and tags. Begin an empty one, or bring in a folder that you have.
      </p>
      <p className="mt-3 flex flex-col items-center gap-1.5">
        <Command>skillmeat init</Command>
        <Command>skillmeat collection import ~/my-skills</Command>
        <Command>skillmeat collection link ~/work/team-skills</Command>
      </p>
    </Empty>
  );
}

function Loading() {
  return (
    <div className="mt-4">
      <Skeletons>
        {["w-40", "w-56", "w-32"].map((width) => (
          <div key={width} className="space-y-2 border-b border-line py-4">
            <Skeleton className={`h-4 ${width}`} />
            <Skeleton className="h-3 w-72 max-w-full" />
          </div>
        ))}
      </Skeletons>
    </div>
  );
}
