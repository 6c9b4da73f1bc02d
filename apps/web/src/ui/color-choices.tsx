import { Check } from "lucide-react";
import type { KeyboardEvent } from "react";
import { classes } from "./classes.ts";
import { cssColorOf, PALETTE, WORDS } from "./colors.ts";

const COLUMNS = 7;

/** Colours to choose from, and none; the arrows go from one to the next, and Enter chooses. */
export function ColorChoices({
  value,
  words,
  onChoose,
}: {
  readonly value: string;
  readonly words: boolean;
  readonly onChoose: (color: string) => void;
}) {
  const now = value.startsWith("#") ? value.toUpperCase() : value;
  const isKnown = PALETTE.has(now) || (words && WORDS.has(now));
  const first = isKnown ? now : (PALETTE.keys().next().value ?? "");
  const swatch = (color: string, name: string) => (
    <button
      key={color}
      type="button"
      title={name}
      aria-label={name}
      aria-pressed={color === now}
      tabIndex={color === first ? 0 : -1}
      onClick={() => onChoose(color)}
      className="flex size-7 items-center justify-center rounded-full border border-ink/20 hover:scale-110 motion-safe:transition-transform"
      style={{ backgroundColor: cssColorOf(color) ?? undefined }}
    >
      {color === now && (
        <span className="rounded-full bg-surface p-0.5 text-ink">
          <Check className="size-3" aria-hidden />
        </span>
      )}
    </button>
  );
  return (
    <div role="group" aria-label="Colours" onKeyDown={goOn}>
      {words && (
        <div className="mb-2 flex gap-1 border-b border-line pb-2">
          {[...WORDS.keys()].map((word) => swatch(word, word))}
        </div>
      )}
      <div className="grid grid-cols-7 gap-y-1">
        {[...PALETTE].map(([color, name]) => swatch(color, name))}
      </div>
      <button
        type="button"
        aria-pressed={value === ""}
        tabIndex={-1}
        onClick={() => onChoose("")}
        className={classes(
          "mt-2 flex h-8 w-full items-center gap-2 rounded-md px-1.5 hover:bg-sunken",
          value === "" && "bg-sunken",
        )}
      >
        <span aria-hidden className="size-4 rounded-full border border-dashed border-line-strong" />
        No colour
        {value === "" && <Check className="ml-auto size-4" aria-hidden />}
      </button>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

function goOn(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const last = buttons.length - 1;
  const step = STEPS[event.key];
  const to =
    event.key === "Home" ? 0 : event.key === "End" ? last : step === undefined ? null : at + step;
  if (to === null) return;
  event.preventDefault();
  buttons[Math.max(0, Math.min(last, to))]?.focus();
}
