import type { RowChange } from "@skillmeat/core/schema";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { describeChange, type Sides } from "./describe-change.ts";
import { plural } from "./plural.ts";

/** As many as are shown at first. */
const FIRST = 50;

const SIGN_LOOKS = { "+": "text-good", "−": "text-bad", "~": "text-warn" } as const;

/** How rows differ, one below the other. */
export function ChangeList({
  changes,
  sides,
  label,
}: {
  readonly changes: readonly RowChange[];
  readonly sides: Sides;
  readonly label: string;
}) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? changes : changes.slice(0, FIRST);
  const left = changes.length - shown.length;
  return (
    <>
      <ul
        aria-label={label}
        className="divide-y divide-line rounded-md border border-line bg-surface"
      >
        {shown.map((change) => {
          const { sign, what, sentence, fields } = describeChange(change, sides);
          return (
            <li key={`${change.kind}:${change.name}`} className="flex gap-2 px-3 py-2">
              <span aria-hidden className={classes("w-3 font-mono font-bold", SIGN_LOOKS[sign])}>
                {sign}
              </span>
              <div className="min-w-0 flex-1 wrap-anywhere">
                <span className="font-medium">{what}</span>
                {sentence !== "" && <span className="text-ink-soft"> {sentence}</span>}
                {fields.map(({ label: field, text }) => (
                  <div key={field} className="text-[0.8125rem] text-ink-soft">
                    <span className="text-ink-faint">{field}: </span>
                    {text}
                  </div>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      {left > 0 && (
        <Button size="small" onClick={() => setWhole(true)}>
          Show {plural(left, "more difference")}
        </Button>
      )}
    </>
  );
}
