import type { CollectionStatus, Problem } from "@skillmeat/core/schema";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { refresh, takeOut } from "./file-calls.ts";
import { plural } from "./plural.ts";
import { Section } from "./section.tsx";

/** As many as are shown at first. */
const FIRST = 30;

/** What could not be read as it stands, with its place. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const [isWhole, setWhole] = useState(false);
  if (problems.length === 0) return null;
  const shown = isWhole ? problems : problems.slice(0, FIRST);
  return (
    <Section title={plural(problems.length, "problem")}>
      <ul aria-label="Problems" className="space-y-2">
        {shown.map((problem) => {
          const { message, frame } = problem;
          return (
            <li key={`${placeOf(problem)} ${message}`} className="wrap-anywhere">
              <code className="font-mono text-xs text-ink-soft select-all">{placeOf(problem)}</code>
              <div>{message}</div>
              {frame !== undefined && (
                <pre
                  role="region"
                  aria-label={`The lines around ${placeOf(problem)}`}
                  // What scrolls has to be reached by the keyboard.
                  tabIndex={0}
                  className="mt-1 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs"
                >
                  {frame}
                </pre>
              )}
            </li>
          );
        })}
      </ul>
      <More count={problems.length - shown.length} onShow={() => setWhole(true)} />
    </Section>
  );
}

function placeOf({ file, line, column }: Problem): string {
  return [file, line, column].filter((part) => part !== 0).join(":");
}

/** Members that no artifact answers to, and what to do about them. */
export function MissingMembers({ status }: { readonly status: CollectionStatus }) {
  const { name, unresolvedMembers: members } = status;
  const [isWhole, setWhole] = useState(false);
  if (members.length === 0) return null;
  const shown = isWhole ? members : members.slice(0, FIRST);
  return (
    <Section
      title={plural(members.length, "missing member")}
      aside={
        <Button size="small" onClick={() => void refresh(name)}>
          Look again
        </Button>
      }
    >
      <p className="mb-2 text-[0.8125rem] text-ink-soft">
        No artifact answers to these names. They stay in the file, in their place, until their files
        are back or you take them out.
      </p>
      <ul
        aria-label="Missing members"
        className="divide-y divide-line rounded-md border border-line bg-surface"
      >
        {shown.map(({ group, ref }) => (
          <li key={`${group}\n${ref}`} className="flex items-center gap-2 px-3 py-1.5">
            <div className="min-w-0 flex-1 wrap-anywhere">
              <span className="font-medium">{ref}</span>{" "}
              <span className="text-ink-soft">in {group}</span>
            </div>
            <Button
              size="small"
              aria-label={`Take out ${ref} from ${group}`}
              onClick={() => void takeOut(name, group, ref)}
            >
              Take out
            </Button>
          </li>
        ))}
      </ul>
      <More count={members.length - shown.length} onShow={() => setWhole(true)} />
    </Section>
  );
}

function More({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  if (count <= 0) return null;
  return (
    <Button size="small" className="mt-1" onClick={onShow}>
      Show {count.toLocaleString("en")} more
    </Button>
  );
}
