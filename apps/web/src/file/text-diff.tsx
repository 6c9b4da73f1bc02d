import { useMemo, useState } from "react";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { parseDiff, type DiffLine } from "./parse-diff.ts";
import { plural } from "./plural.ts";

/** As many lines as are shown at first. */
const FIRST = 300;

const LOOKS: Readonly<Record<DiffLine["kind"], { sign: string; look: string }>> = {
  added: { sign: "+", look: "bg-good-soft text-good" },
  removed: { sign: "−", look: "bg-bad-soft text-bad" },
  same: { sign: " ", look: "text-ink-soft" },
  gap: { sign: "⋯", look: "text-ink-faint" },
};

/** What differs between two texts: each line with its sign, so that colour is not all that tells it. */
export function TextDiff({ diff, label }: { readonly diff: string; readonly label: string }) {
  const lines = useMemo(() => parseDiff(diff), [diff]);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(0, FIRST);
  const left = lines.length - shown.length;
  return (
    <>
      <pre
        role="region"
        aria-label={label}
        // What scrolls has to be reached by the keyboard.
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-md border border-line bg-sunken py-1 font-mono text-xs leading-5"
      >
        <code className="block w-max min-w-full">
          {shown.map(({ kind, text }, index) => (
            // Lines have no name, and never change their places.
            <span key={index} className={classes("block px-2", LOOKS[kind].look)}>
              <span className="inline-block w-4 select-none">{LOOKS[kind].sign}</span>
              {text}
              {"\n"}
            </span>
          ))}
        </code>
      </pre>
      {left > 0 && (
        <Button size="small" onClick={() => setWhole(true)}>
          Show {plural(left, "more line")}
        </Button>
      )}
    </>
  );
}
