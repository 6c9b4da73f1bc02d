import {
  CircleAlert,
  CircleCheck,
  CircleHelp,
  FilePenLine,
  LoaderCircle,
  Unplug,
} from "lucide-react";
import { lazy, Suspense } from "react";
import { connection, statuses } from "../api/live.ts";
import { underWay } from "../api/own-changes.ts";
import { createStore, useStore } from "../api/store.ts";
import { classes } from "../ui/classes.ts";
import type { PanelPart } from "./file-panel.tsx";
import { pillState, type PillState } from "./pill-state.ts";
import { useLate } from "./use-late.ts";

/** How long a write may take before it is told, in ms. */
const PATIENCE = 150;

const FilePanel = lazy(async () => ({ default: (await import("./file-panel.tsx")).FilePanel }));

/** The part of the panel that is open; null where none is. */
const open = createStore<PanelPart | null>(null);

/** Opens the panel of the file, from wherever a person asks for it. */
export function openFilePanel(part: PanelPart = "file"): void {
  open.set(part);
}

const LOOKS: Readonly<Record<PillState["kind"], { icon: typeof CircleCheck; look: string }>> = {
  saved: { icon: CircleCheck, look: "text-good" },
  writing: { icon: LoaderCircle, look: "text-ink-soft [&_svg]:animate-spin" },
  "not-saved": { icon: CircleAlert, look: "border-bad bg-bad-soft text-bad" },
  changed: { icon: FilePenLine, look: "border-warn bg-warn-soft text-warn" },
  unreadable: { icon: CircleAlert, look: "border-bad bg-bad-soft text-bad" },
  missing: { icon: CircleAlert, look: "border-warn bg-warn-soft text-warn" },
  offline: { icon: Unplug, look: "border-bad bg-bad-soft text-bad" },
  unknown: { icon: CircleHelp, look: "text-ink-soft" },
};

/** Whether it is about to be another, so that it need not be read out. */
function isPassing({ kind }: PillState): boolean {
  return kind === "writing" || kind === "unknown";
}

/** How the file stands, always in sight; opens what there is to know and to do about it. */
export function FilePill({ collection }: { readonly collection: string }) {
  const status = useStore(statuses, (all) => all.get(collection));
  const isWriting = useLate(
    useStore(underWay, (count) => count > 0),
    PATIENCE,
  );
  const state = pillState(status, isWriting, useStore(connection));
  const part = useStore(open);
  const { icon: Icon, look } = LOOKS[state.kind];
  return (
    <>
      <button
        type="button"
        data-state={state.kind}
        title={state.detail === "" ? undefined : state.detail}
        aria-haspopup="dialog"
        onClick={() => openFilePanel()}
        className={classes(
          "inline-flex h-8 min-w-0 items-center gap-1.5 rounded-full border border-line px-2.5 text-[0.8125rem] font-medium transition-colors hover:brightness-105 [&_svg]:size-4 [&_svg]:shrink-0",
          look,
        )}
      >
        <Icon aria-hidden />
        <span className="sr-only">collection.toml: </span>
        <span className="truncate">{state.label}</span>
        {state.notes > 0 && (
          <span className="rounded-full bg-warn-soft px-1.5 text-xs text-warn">
            <span aria-hidden>{state.notes}</span>
            <span className="sr-only">, {state.notes} to look at</span>
          </span>
        )}
      </button>
      {/* Within a button it would not be read out by itself. */}
      <span role="status" className="sr-only">
        {isPassing(state) ? "" : `collection.toml: ${state.label}`}
      </span>
      {part !== null && (
        <Suspense>
          <FilePanel
            collection={collection}
            part={part}
            onPart={openFilePanel}
            onClose={() => open.set(null)}
          />
        </Suspense>
      )}
    </>
  );
}
