import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { visibleText } from "../artifacts/visible-text.ts";
import { plural } from "../file/plural.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogButtons } from "../ui/dialog.tsx";
import type { Arrival, Way } from "./collection-calls.ts";

/** As many of a kind as are listed. */
const MOST = 50;

/** What came in with a collection: how much, what is missing, and what could not be read. */
export function ArrivalReport({
  way,
  arrival,
  onClose,
}: {
  readonly way: Way;
  readonly arrival: Arrival;
  readonly onClose: () => void;
}) {
  const navigate = useNavigate();
  const { collection, report, reason } = arrival;
  const open = () => {
    onClose();
    void navigate({ to: "/c/$collection/board", params: { collection: collection.name } });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${way === "import" ? "Imported" : "Linked"} ${visibleText(collection.displayName)}`}
      description={<span className="font-mono text-xs wrap-anywhere">{collection.path}</span>}
    >
      <dl aria-label="What came in" className="grid grid-cols-3 gap-2 text-center">
        <Count label="Artifacts" count={collection.artifacts} />
        <Count label="Groups" count={collection.groups} />
        <Count label="Tags" count={collection.tags} />
      </dl>
      {reason !== null && (
        <p role="alert" className="mt-3 rounded-lg border border-bad bg-bad-soft px-3 py-2">
          {report === null ? "It is here, but could not be read yet: " : "Not saved yet: "}
          {reason}
        </p>
      )}
      {report !== null && report.unresolvedMembers.length > 0 && (
        <Part
          title={plural(report.unresolvedMembers.length, "missing member")}
          about="No artifact answers to these names. They stay in their groups, and are found once it is there."
          items={report.unresolvedMembers.map(
            ({ group, ref }) => `${visibleText(ref)}, in ${visibleText(group)}`,
          )}
        />
      )}
      {report !== null && report.problems.length > 0 && (
        <Part
          title={plural(report.problems.length, "problem")}
          about="These could not be read as they stand, and stay in the file as they are."
          items={report.problems.map(
            ({ file, line, column, message }) =>
              `${visibleText(file)}${line > 0 ? `:${line}:${column}` : ""}: ${visibleText(message)}`,
          )}
        />
      )}
      <DialogButtons>
        <Button look="outline" onClick={onClose}>
          Close
        </Button>
        <Button look="accent" onClick={open}>
          Open the board
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

function Count({ label, count }: { readonly label: string; readonly count: number }) {
  return (
    <div className="flex flex-col-reverse rounded-lg bg-sunken px-2 py-2.5">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="text-xl font-semibold tabular-nums">{count.toLocaleString("en")}</dd>
    </div>
  );
}

function Part({
  title,
  about,
  items,
}: {
  readonly title: string;
  readonly about: ReactNode;
  readonly items: readonly string[];
}) {
  const shown = items.slice(0, MOST);
  return (
    <section className="mt-4">
      <h3 className="font-semibold text-warn">{title}</h3>
      <p className="text-xs text-ink-soft">{about}</p>
      <ul aria-label={title} className="mt-1.5 space-y-1 rounded-lg border border-line p-2.5">
        {shown.map((item, index) => (
          // The same may be missing twice.
          <li key={index} className="text-[0.8125rem] wrap-anywhere">
            {item}
          </li>
        ))}
      </ul>
      {items.length > MOST && (
        <p className="mt-1 text-xs text-ink-faint">
          And {plural(items.length - MOST, "more", "more")}; the panel of the file lists all.
        </p>
      )}
    </section>
  );
}
