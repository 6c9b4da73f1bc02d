import { isSkillmeatError } from "@skillmeat/client";
import type { CollectionRefresh, Skipped } from "@skillmeat/core/schema";
import { useState } from "react";
import { client, queryClient } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import { statuses } from "../api/live.ts";
import { useStore } from "../api/store.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { plural } from "./plural.ts";
import { Section } from "./section.tsx";

const SKIPPED: Readonly<Record<NonNullable<Skipped>, string>> = {
  "cache-authoritative": "unchanged",
  "nothing-in-manifest": "none in the file",
  "manifest-unreadable": "the file cannot be read",
  "manifest-missing": "no file",
};

type Step =
  | { readonly is: "closed" | "asked" | "going" }
  | { readonly is: "done"; readonly collections: readonly CollectionRefresh[] }
  | { readonly is: "refused" | "failed"; readonly why: string; readonly hint: string };

/** Drops everything that is cached and reads it anew from the files, and shows what came back. */
export function Rebuild() {
  const [step, setStep] = useState<Step>({ is: "closed" });
  async function go(force: boolean) {
    setStep({ is: "going" });
    try {
      const { collections } = await client.cache.reset.mutate({ force });
      setStep({ is: "done", collections });
      announce("The cache was rebuilt");
      void queryClient.invalidateQueries();
    } catch (error) {
      const { message: why, hint } = explainError(error);
      const isUnsaved = isSkillmeatError(error) && error.data.reason === "unsaved-changes";
      setStep({ is: isUnsaved ? "refused" : "failed", why, hint });
    }
  }
  const all = useStore(statuses);
  const unread = [...all.values()].filter(
    ({ state }) => state === "unreadable" || state === "missing",
  );
  const isBusy = step.is === "going";
  return (
    <Section title="The cache">
      <p className="text-[0.8125rem] text-ink-soft">
        Everything shown comes from a cache beside the files, which can be thrown away at any
        moment.
      </p>
      {step.is === "closed" && (
        <Button
          look="outline"
          size="small"
          className="mt-2"
          onClick={() => setStep({ is: "asked" })}
        >
          Rebuild the cache…
        </Button>
      )}
      {(step.is === "asked" || isBusy) && (
        <div className="mt-2 rounded-lg border border-line-strong bg-surface p-3">
          <p>
            Deletes all that is cached, of every collection, and recovers it from the files: groups,
            tags, members and artifacts come back as the files have them. The history begins anew,
            so that earlier changes cannot be undone any more.
          </p>
          {unread.length > 0 && (
            <p className="mt-2 font-medium wrap-anywhere text-bad">
              The file of {unread.map(({ name }) => name).join(", ")} is missing or cannot be read
              now: what is known of its groups and tags would be gone, and come back with a file
              that can be read.
            </p>
          )}
          <div className="mt-2.5 flex gap-2">
            <Button look="danger" size="small" disabled={isBusy} onClick={() => void go(false)}>
              {isBusy ? "Rebuilding…" : "Delete and recover"}
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => setStep({ is: "closed" })}>
              Leave it
            </Button>
          </div>
        </div>
      )}
      {(step.is === "refused" || step.is === "failed") && (
        <div
          role="alert"
          className="mt-2 rounded-lg border border-bad bg-bad-soft p-3 wrap-anywhere"
        >
          <p className="font-semibold text-bad">The cache was not rebuilt</p>
          <p>{step.why}</p>
          {step.is === "refused" ? (
            <p>Write them first, or lose them for good.</p>
          ) : (
            <p className="text-ink-soft">{step.hint}</p>
          )}
          <div className="mt-2.5 flex gap-2">
            {step.is === "refused" && (
              <Button look="danger" size="small" onClick={() => void go(true)}>
                Rebuild, and lose them
              </Button>
            )}
            <Button size="small" onClick={() => setStep({ is: "closed" })}>
              Leave it
            </Button>
          </div>
        </div>
      )}
      {step.is === "done" && <Recovered collections={step.collections} />}
    </Section>
  );
}

function Recovered({ collections }: { readonly collections: readonly CollectionRefresh[] }) {
  return (
    <div className="mt-2 rounded-lg border border-line bg-good-soft p-3">
      <p className="font-semibold text-good">Rebuilt from the files</p>
      <ul aria-label="What was recovered">
        {collections.map(({ name, groups, tags, artifacts, members }) => (
          <li key={name} className="wrap-anywhere">
            <span className="font-medium">{name}</span>:{" "}
            {[
              `groups ${recovered(groups)}`,
              `tags ${recovered(tags)}`,
              plural(artifacts.found, "artifact"),
              ...(members.unresolved > 0 ? [plural(members.unresolved, "missing member")] : []),
            ].join(", ")}
          </li>
        ))}
      </ul>
    </div>
  );
}

function recovered({ recovered: count, skipped }: CollectionRefresh["groups"]): string {
  return skipped === null ? `${count} recovered` : SKIPPED[skipped];
}
