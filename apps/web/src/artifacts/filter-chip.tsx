import { ChevronDown, X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import type { PickerItem } from "./match-items.ts";
import { Picker } from "./picker.tsx";

/** A filter: a button that picks what to narrow to; once something is picked a chip that can be taken off. */
export function FilterChip({
  name,
  value,
  start,
  items,
  empty,
  onPick,
  onClear,
  onOpen,
}: {
  /** What it narrows by, such as `Tag`. */
  readonly name: string;
  /** What is picked, as a person reads it. */
  readonly value: string | undefined;
  /** What stands before the picked name. */
  readonly start?: ReactNode;
  readonly items: readonly PickerItem[];
  readonly empty: string;
  readonly onPick: (item: PickerItem) => void;
  readonly onClear: () => void;
  readonly onOpen?: () => void;
}) {
  const [wasOpened, setOpened] = useState(false);
  const isSet = value !== undefined;
  return (
    <span className="inline-flex shrink-0 items-center">
      <Picker
        label={
          isSet ? `Filter by ${name.toLowerCase()}: ${value}` : `Filter by ${name.toLowerCase()}`
        }
        placeholder={`Search ${name.toLowerCase()}s`}
        items={items}
        empty={empty}
        closes
        onPick={onPick}
        onOpenChange={(isOpen) => {
          if (!isOpen || wasOpened) return;
          setOpened(true);
          onOpen?.();
        }}
        trigger={
          <Button
            look="outline"
            className={classes(
              "max-w-56 min-w-0 px-2.5 font-normal",
              isSet && "rounded-r-none border-r-0 border-accent bg-accent-soft pr-1",
            )}
          >
            <span className={isSet ? "text-ink-soft" : ""}>
              {name}
              {isSet && ":"}
            </span>
            {isSet ? (
              <>
                {start}
                <bdi className="truncate font-medium">{value}</bdi>
              </>
            ) : (
              <ChevronDown className="text-ink-faint" />
            )}
          </Button>
        }
      />
      {isSet && (
        <Button
          look="outline"
          aria-label={`Take off the filter ${name}: ${value}`}
          className="w-7 rounded-l-none border-l-0 border-accent bg-accent-soft px-0"
          onClick={onClear}
        >
          <X />
        </Button>
      )}
    </span>
  );
}
