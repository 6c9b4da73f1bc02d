import { CircleAlert, CircleCheck, CircleHelp, FilePenLine } from "lucide-react";
import { statuses } from "../api/live.ts";
import { useStore } from "../api/store.ts";
import { pillState, type PillState } from "../file/pill-state.ts";
import { plural } from "../file/plural.ts";
import { classes } from "../ui/classes.ts";

const LOOKS: Readonly<
  Partial<Record<PillState["kind"], { icon: typeof CircleCheck; look: string }>>
> = {
  saved: { icon: CircleCheck, look: "text-good" },
  "not-saved": { icon: CircleAlert, look: "text-bad" },
  changed: { icon: FilePenLine, look: "text-warn" },
  unreadable: { icon: CircleAlert, look: "text-bad" },
  missing: { icon: CircleAlert, look: "text-warn" },
};

const UNKNOWN = { icon: CircleHelp, look: "text-ink-faint" };

/** How a collection's file stands, in a word, and how much there is to look at. */
export function Standing({
  collection,
  isQuiet = false,
  className,
}: {
  readonly collection: string;
  /** Whether nothing is said where all is well, or nothing is known yet. */
  readonly isQuiet?: boolean;
  readonly className?: string;
}) {
  const status = useStore(statuses, (all) => all.get(collection));
  const { kind, label, detail, notes } = pillState(status, false, "open");
  if (isQuiet && (kind === "saved" || kind === "unknown")) return null;
  const { icon: Icon, look } = LOOKS[kind] ?? UNKNOWN;
  return (
    <span
      title={detail === "" ? undefined : detail}
      className={classes(
        "inline-flex shrink-0 items-center gap-1.5 text-[0.8125rem] [&_svg]:size-4",
        look,
        className,
      )}
    >
      <Icon aria-hidden />
      {label}
      {notes > 0 && <span className="text-warn">· {plural(notes, "note")}</span>}
    </span>
  );
}
