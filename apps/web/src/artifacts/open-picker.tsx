import { Combobox } from "@base-ui/react/combobox";
import { Check, Minus, Plus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { classes } from "../ui/classes.ts";
import { matchItems, type PickerItem } from "./match-items.ts";
import type { PickerProps } from "./picker.tsx";
import type { Opened } from "../ui/opener.tsx";

const CREATE = "\0create";

/** The list of a picker, beside its button. */
export function OpenPicker(props: PickerProps & Opened) {
  const { anchor, label, placeholder, items, onPick, onCreate, empty, onClose } = props;
  const { onOpenChange } = props;
  const [query, setQuery] = useState("");
  const { shown, more, canCreate } = useMemo(() => matchItems(items, query), [items, query]);
  const name = query.trim();
  const listed =
    onCreate !== undefined && canCreate
      ? [...shown, { id: CREATE, label: `Create “${name}”` }]
      : [...shown];
  const tell = useRef(onOpenChange);
  useEffect(() => {
    const told = tell.current;
    told?.(true);
    return () => told?.(false);
  }, []);
  const picked = listed.filter(({ mark }) => mark === "all");
  const pick = (next: PickerItem[]) => {
    const item =
      next.find(({ id }) => picked.every((each) => each.id !== id)) ??
      picked.find(({ id }) => next.every((each) => each.id !== id));
    if (item === undefined) return;
    if (item.id === CREATE) onCreate?.(name);
    else onPick(item);
    if (props.closes === true) onClose();
  };
  return (
    <Combobox.Root<PickerItem, true>
      multiple
      items={listed}
      filter={null}
      value={picked}
      onValueChange={pick}
      isItemEqualToValue={(one, other) => one.id === other.id}
      itemToStringLabel={(item) => item.label}
      inputValue={query}
      onInputValueChange={setQuery}
      open
      onOpenChange={(isOpen, { event }) => {
        const { target } = event;
        // The button closes it by itself.
        if (!isOpen && !(target instanceof Node && anchor.contains(target))) onClose();
      }}
      autoHighlight
    >
      <Combobox.Portal>
        <Combobox.Positioner
          className="z-50 outline-none"
          anchor={anchor}
          sideOffset={4}
          align="start"
        >
          <Combobox.Popup
            aria-label={label}
            finalFocus={() => anchor}
            className="flex max-h-[min(24rem,var(--available-height))] w-64 max-w-(--available-width) flex-col overflow-hidden rounded-lg border border-line bg-raised text-ink shadow-card outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Combobox.Input
              aria-label={label}
              placeholder={placeholder}
              className="h-10 w-full shrink-0 border-b border-line bg-transparent px-3 text-ink outline-none"
            />
            <Combobox.Empty className="px-3 py-3 text-ink-soft empty:hidden">
              {empty}
            </Combobox.Empty>
            <Combobox.List className="min-h-0 overflow-y-auto overscroll-contain p-1 outline-none empty:hidden">
              {(item: PickerItem) => (
                <Combobox.Item
                  key={item.id}
                  value={item}
                  className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none data-highlighted:bg-sunken"
                >
                  <PickerRow item={item} />
                </Combobox.Item>
              )}
            </Combobox.List>
            {more > 0 && (
              <p className="shrink-0 border-t border-line px-3 py-1.5 text-xs text-ink-faint">
                {more} more; type to narrow them down
              </p>
            )}
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function PickerRow({ item }: { readonly item: PickerItem }) {
  const isNew = item.id === CREATE;
  const Mark = isNew ? Plus : item.mark === "some" ? Minus : Check;
  return (
    <>
      <Mark
        aria-hidden
        className={classes("size-4 shrink-0 text-accent", !isNew && !item.mark && "invisible")}
      />
      {item.start}
      <bdi className="min-w-0 flex-1 truncate">{item.label}</bdi>
      {item.mark === "some" && <span className="text-xs text-ink-faint">some</span>}
      {item.note !== undefined && (
        <span className="text-xs text-ink-faint tabular-nums">{item.note}</span>
      )}
    </>
  );
}
