import { useQuery } from "@tanstack/react-query";
import type { CollectionStatus } from "@skillmeat/core/schema";
import { useState } from "react";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { ChangeList } from "./change-list.tsx";
import type { Way } from "./file-calls.ts";
import { Section } from "./section.tsx";
import { WayPreview } from "./way-preview.tsx";

const WAYS: readonly { way: Way; label: string; says: string }[] = [
  {
    way: "pull",
    label: "Take the file",
    says: "Groups and tags become those of the file. What is here gives way, and is backed up first.",
  },
  {
    way: "push",
    label: "Keep mine",
    says: "The file becomes what is here. Its present text is backed up first.",
  },
  {
    way: "merge",
    label: "Merge",
    says: "What one side changed is taken from that side. Where both changed the same, the file's value stands.",
  },
];

/** How the file differs from what is here, and the three ways to bring the two together. */
export function Differences({ status }: { readonly status: CollectionStatus }) {
  const { name: collection, state } = status;
  const [way, setWay] = useState<Way | null>(null);
  const { data, error } = useQuery({
    ...trpc.sync.diff.queryOptions({ collection }),
    select: ({ collections }) => collections[0]?.changes ?? [],
  });
  if (state === "unreadable" || state === "missing") return null;
  if (error !== null) {
    return <Section title="Differences">{explainError(error).message}</Section>;
  }
  if (data === undefined) {
    return state === "clean" ? null : (
      <Section title="Differences">
        <Skeletons>
          <Skeleton className="h-20" />
        </Skeletons>
      </Section>
    );
  }
  if (data.length === 0) return null;
  const chosen = WAYS.find((each) => each.way === way);
  return (
    <Section
      title={state === "pending" ? "What the file does not hold yet" : "How the file differs"}
    >
      <ChangeList changes={data} sides="here-and-file" label="Differences" />
      {state !== "clean" && (
        <>
          <div role="group" aria-label="What to do" className="mt-3 flex flex-wrap gap-2">
            {WAYS.map((each) => (
              <Button
                key={each.way}
                look="outline"
                size="small"
                aria-pressed={each.way === way}
                className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
                onClick={() => setWay(each.way === way ? null : each.way)}
              >
                {each.label}
              </Button>
            ))}
          </div>
          {chosen === undefined ? (
            <p className="mt-2 text-[0.8125rem] text-ink-soft">
              Choose one to see first what it would do.
            </p>
          ) : (
            <WayPreview
              key={chosen.way}
              collection={collection}
              way={chosen.way}
              label={chosen.label}
              says={chosen.says}
              onDone={() => setWay(null)}
            />
          )}
        </>
      )}
    </Section>
  );
}
