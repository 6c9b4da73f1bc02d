import type { CollectionStatus } from "@skillmeat/core/schema";
import type { ReactNode } from "react";
import { classes } from "../ui/classes.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { goWay, refresh, writeNow } from "./file-calls.ts";
import { plural } from "./plural.ts";
import { Time } from "./time.tsx";

const LOOKS: Readonly<Record<CollectionStatus["state"], string>> = {
  clean: "border-line bg-good-soft text-good",
  pending: "border-bad bg-bad-soft text-bad",
  drifted: "border-warn bg-warn-soft text-warn",
  unreadable: "border-bad bg-bad-soft text-bad",
  missing: "border-warn bg-warn-soft text-warn",
};

/** Where the file lies, how it stands and why, and what can be done at once. */
export function Standing({
  status,
  isLost,
  onBackups,
}: {
  readonly status: CollectionStatus;
  readonly isLost: boolean;
  readonly onBackups: () => void;
}) {
  const { manifest, updatedAt } = status;
  return (
    <>
      <div className="flex items-center gap-1">
        <code className="min-w-0 flex-1 font-mono text-xs wrap-anywhere text-ink-soft select-all">
          {manifest}
        </code>
        <CopyButton text={manifest} what="the path" />
      </div>
      <p className="mb-3 text-xs text-ink-faint">
        {updatedAt === null ? (
          "Never read or written yet"
        ) : (
          <>
            Last read or written <Time at={updatedAt} />
          </>
        )}
      </p>
      {isLost ? (
        <Banner look={LOOKS.pending} title="No connection">
          The server does not answer; what stands here is what was known last. It is tried again by
          itself.
        </Banner>
      ) : (
        <StateBanner status={status} onBackups={onBackups} />
      )}
    </>
  );
}

function StateBanner({
  status,
  onBackups,
}: {
  readonly status: CollectionStatus;
  readonly onBackups: () => void;
}) {
  const { name, state, reason, unsaved, pendingSince, nextTry } = status;
  const waiting = unsaved === 0 ? "" : `${plural(unsaved, "change")} not in the file yet.`;
  const again = (
    <Button look="outline" size="small" onClick={() => void refresh(name)}>
      Look again
    </Button>
  );
  switch (state) {
    case "clean":
      return <Banner look={LOOKS.clean} title="Saved: everything is in the file" />;
    case "pending":
      return (
        <Banner
          look={LOOKS.pending}
          title={`Not saved: ${plural(unsaved, "change")} not in the file yet`}
          actions={
            <Button look="accent" size="small" onClick={() => void writeNow(name)}>
              Write now
            </Button>
          }
        >
          <p>{reason}</p>
          {pendingSince !== null && (
            <p className="text-ink-soft">
              Waiting since <Time at={pendingSince} />
              {nextTry !== null && (
                <>
                  ; tried again <Time at={nextTry} />
                </>
              )}
              . Nothing is lost: the changes stand in the cache.
            </p>
          )}
        </Banner>
      );
    case "drifted":
      return (
        <Banner look={LOOKS.drifted} title="Changed on disk">
          <p>{reason}.</p>
          <p className="text-ink-soft">
            What is here stands until you choose; the next write backs the file up and replaces what
            differs.
          </p>
        </Banner>
      );
    case "unreadable":
      return (
        <Banner
          look={LOOKS.unreadable}
          title="The file cannot be read"
          actions={
            <>
              {again}
              <Button look="outline" size="small" onClick={onBackups}>
                Look at the backups
              </Button>
            </>
          }
        >
          <p>{reason}</p>
          <p className="text-ink-soft">
            It is never written while it is so. Mend it in an editor, or restore a backup. {waiting}
          </p>
        </Banner>
      );
    case "missing":
      return (
        <Banner
          look={LOOKS.missing}
          title="The file is missing"
          actions={
            <>
              <Button look="accent" size="small" onClick={() => void goWay(name, "push")}>
                Write it anew
              </Button>
              {again}
            </>
          }
        >
          <p>{reason}</p>
          <p className="text-ink-soft">What is here still stands. {waiting}</p>
        </Banner>
      );
  }
}

function Banner({
  look,
  title,
  actions,
  children,
}: {
  readonly look: string;
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes("rounded-lg border px-3 py-2.5", look)}>
      <h3 className="font-semibold">{title}</h3>
      {children !== undefined && (
        <div className="mt-1 space-y-1 wrap-anywhere text-ink">{children}</div>
      )}
      {actions !== undefined && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
