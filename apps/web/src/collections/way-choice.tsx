import { Copy, FolderSymlink } from "lucide-react";
import { useId } from "react";
import type { Way } from "./collection-calls.ts";

const WAYS = [
  {
    way: "import",
    icon: Copy,
    label: "Import",
    about: "Copies the folder into your home. The original stays as it is.",
  },
  {
    way: "link",
    icon: FolderSymlink,
    label: "Link",
    about:
      "Uses the folder where it stands, such as a git work tree. What is done here is written there.",
  },
] as const;

/** Chooses whether a folder is copied, or used where it stands. */
export function WayChoice({
  value,
  onChange,
}: {
  readonly value: Way;
  readonly onChange: (way: Way) => void;
}) {
  const id = useId();
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2">
      <legend className="sr-only">How it is brought in</legend>
      {WAYS.map(({ way, icon: Icon, label, about }) => (
        <label
          key={way}
          className="flex cursor-pointer gap-2.5 rounded-lg border border-line-strong px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={id}
            className="sr-only"
            checked={value === way}
            onChange={() => onChange(way)}
            aria-label={label}
            aria-describedby={`${id}-${way}`}
          />
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
          <span>
            <span className="block font-medium">{label}</span>
            <span id={`${id}-${way}`} className="mt-0.5 block text-xs text-ink-soft">
              {about}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
