import { useQuery } from "@tanstack/react-query";
import { trpc } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { labelOf, quoted, rowName } from "./describe-change.ts";
import { markSeen } from "./file-calls.ts";
import { plural } from "./plural.ts";
import { Section } from "./section.tsx";
import { Time } from "./time.tsx";

/** Values that lost where the file and what is here both held one, until they were seen. */
export function Losses({
  collection,
  count,
  onBackup,
}: {
  readonly collection: string;
  /** How many there are, by the status. */
  readonly count: number;
  readonly onBackup: (id: string) => void;
}) {
  const { data } = useQuery({
    ...trpc.sync.losses.queryOptions({ collection }),
    enabled: count > 0,
  });
  const losses = data?.items ?? [];
  if (count === 0 || losses.length === 0) return null;
  return (
    <Section
      title={`${plural(losses.length, "value")} that gave way`}
      aside={
        <Button size="small" onClick={() => void markSeen(collection)}>
          Seen all
        </Button>
      }
    >
      <ul
        aria-label="Values that gave way"
        className="divide-y divide-line rounded-md border border-line bg-surface"
      >
        {losses.map(({ id, kind, name, field, kept, lost, side, at, backup }) => (
          <li key={id} className="flex gap-2 px-3 py-2">
            <div className="min-w-0 flex-1 wrap-anywhere">
              <span className="font-medium">{rowName(kind, name)}</span>
              {name !== "" && field !== "row" && `, ${labelOf(field)}`}
              <div className="text-[0.8125rem]">
                {side === "file" ? "In the file: " : "Here: "}
                <del>{field === "row" ? lost : quoted(lost)}</del>; what stands:{" "}
                {field === "row" ? kept : quoted(kept)}
              </div>
              <div className="text-xs text-ink-faint">
                <Time at={at} />
                {backup !== null && (
                  <>
                    , kept in{" "}
                    <button
                      type="button"
                      className="underline underline-offset-2 hover:text-ink"
                      onClick={() => onBackup(backup)}
                    >
                      a backup
                    </button>
                  </>
                )}
              </div>
            </div>
            <Button
              size="small"
              aria-label={`Seen: ${rowName(kind, name)}, ${labelOf(field)}`}
              onClick={() => void markSeen(collection, [id])}
            >
              Seen
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
