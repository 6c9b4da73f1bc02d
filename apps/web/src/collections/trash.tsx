import { useQuery } from "@tanstack/react-query";
import { Folder, Undo2 } from "lucide-react";
import { useId, useState } from "react";
import { trpc } from "../api/client.ts";
import { sayError } from "../api/errors.ts";
import { TypeIcon } from "../artifacts/artifact-type.tsx";
import { visibleText } from "../artifacts/visible-text.ts";
import { plural } from "../file/plural.ts";
import { Time } from "../file/time.tsx";
import { Button } from "../ui/button.tsx";
import { restore, type TrashItem } from "./collection-calls.ts";
import { RestoreDialog } from "./restore-dialog.tsx";

/** As many as are shown at first, and with each step. */
const STEP = 20;

/** What was removed, and can be put back. */
export function Trash() {
  const { data, error } = useQuery(
    // What was removed on another page is asked for when this one is opened.
    trpc.trash.list.queryOptions({}, { staleTime: 0 }),
  );
  const [count, setCount] = useState(STEP);
  const [refused, setRefused] = useState<{ item: TrashItem; why: string } | null>(null);
  const id = useId();
  const items = data?.items ?? [];
  const left = items.length - count;
  return (
    <section aria-labelledby={id} className="mt-10">
      <h2 id={id} className="font-semibold">
        Trash
      </h2>
      {error !== null ? (
        <p className="mt-1 text-bad">{sayError(error)}</p>
      ) : data === undefined ? null : items.length === 0 ? (
        <p className="mt-1 text-ink-faint">
          Empty. Artifacts and collections that are removed lie here until you delete their files
          yourself.
        </p>
      ) : (
        <>
          <ul
            aria-label="Trash"
            className="mt-2 divide-y divide-line rounded-xl border border-line bg-surface"
          >
            {items.slice(0, count).map((item) => (
              <TrashRow key={item.id} item={item} onRefused={(why) => setRefused({ item, why })} />
            ))}
          </ul>
          {left > 0 && (
            <Button className="mt-2" onClick={() => setCount(count + STEP)}>
              Show {plural(Math.min(left, STEP), "more", "more")} of {left.toLocaleString("en")}
            </Button>
          )}
        </>
      )}
      {refused !== null && <RestoreDialog {...refused} onClose={() => setRefused(null)} />}
    </section>
  );
}

function TrashRow({
  item,
  onRefused,
}: {
  readonly item: TrashItem;
  /** Told why a collection cannot go back under its name. */
  readonly onRefused: (why: string) => void;
}) {
  const { kind, collection, at, path } = item;
  const name = visibleText(item.name);
  return (
    <li className="flex items-center gap-3 px-3 py-2 sm:px-4">
      {kind === "collection" ? (
        <Folder aria-hidden className="size-4 shrink-0 text-ink-faint" />
      ) : (
        <TypeIcon
          type={item.name.slice(0, item.name.indexOf(":"))}
          className="size-4 shrink-0 text-ink-faint"
        />
      )}
      <div className="min-w-0 flex-1">
        <p title={path} className="truncate">
          <bdi className="font-medium">{name}</bdi>{" "}
          <span className="text-ink-faint">
            {kind === "collection" ? "collection" : `from ${collection}`}
          </span>
        </p>
        <p className="text-xs text-ink-faint">
          Removed <Time at={at} />
        </p>
      </div>
      <Button
        look="outline"
        size="small"
        aria-label={`Restore ${name}`}
        onClick={() => {
          if (kind === "collection")
            void restore(item, undefined, (why) => onRefused(sayError(why)));
          else void restore(item, undefined);
        }}
      >
        <Undo2 />
        Restore
      </Button>
    </li>
  );
}
