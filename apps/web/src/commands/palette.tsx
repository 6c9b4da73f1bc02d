import { Dialog } from "@base-ui/react/dialog";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { FolderPlus, LoaderCircle, Search, TagPlus } from "lucide-react";
import { useCallback, useRef, useState, type KeyboardEvent } from "react";
import { useStore } from "../api/store.ts";
import { createGroup, createTag } from "./create.ts";
import { Key } from "./keys-dialog.tsx";
import { paletteText } from "./palette-host.tsx";
import type { PaletteItem, PaletteMode, PaletteSection } from "./palette-item.ts";
import { best } from "./rank.ts";
import { useActions } from "./use-actions.ts";
import { textOf, usePlaces } from "./use-places.ts";
import { wantedGroup } from "./wanted-group.ts";

const ASKS: Readonly<Record<PaletteMode, string>> = {
  all: "Search for anything, or do something…",
  group: "The new group's name",
  tag: "The new tag's name",
};

/** Everything that can be done or gone to, by its name. */
export function CommandPalette({
  collection,
  onClose,
}: {
  readonly collection: string | undefined;
  readonly onClose: () => void;
}) {
  const [mode, setMode] = useState<PaletteMode>("all");
  const typed = useStore(paletteText);
  const [picked, setPicked] = useState("");
  const query = typed.trim();
  const field = useRef<HTMLInputElement>(null);
  const changeMode = useCallback((next: PaletteMode) => {
    setMode(next);
    paletteText.set("");
    // A click on the list took the focus.
    field.current?.focus();
  }, []);
  const { sections, isAsking } = useSections(collection, mode, query, changeMode);
  const ids = sections.flatMap(({ items }) => items.map(({ id }) => id));
  // Enter always does something that is seen: the first, until another is picked.
  const current = ids.includes(picked) ? picked : (ids[0] ?? "");
  function type(text: string) {
    paletteText.set(text);
    setPicked("");
  }
  function choose(item: PaletteItem) {
    if (item.run() !== true) onClose();
  }
  function onKeyDown(event: KeyboardEvent) {
    // An empty field goes back to everything, as one expects of a step that was taken.
    if (mode === "all" || typed !== "") return;
    if (event.key === "Backspace") changeMode("all");
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed top-[min(12dvh,7rem)] left-1/2 z-50 flex max-h-[70dvh] w-[38rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-card outline-none">
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Command
            shouldFilter={false}
            loop
            // They would take the key that closes the palette.
            vimBindings={false}
            value={current}
            onValueChange={setPicked}
            label={ASKS[mode]}
            onKeyDown={onKeyDown}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
              <Command.Input
                ref={field}
                value={typed}
                onValueChange={type}
                placeholder={ASKS[mode]}
                autoFocus
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none"
              />
              {isAsking && (
                <LoaderCircle aria-hidden className="size-4 animate-spin text-ink-faint" />
              )}
              <Key>Esc</Key>
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto p-2">
              {!isAsking && (
                <Command.Empty className="px-3 py-8 text-center text-ink-soft">
                  {mode === "all" ? `Nothing answers to “${query}”` : "Type a name, then Enter"}
                </Command.Empty>
              )}
              {sections.map((section) => (
                <Section key={section.heading} section={section} onChoose={choose} />
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Section({
  section: { heading, items },
  onChoose,
}: {
  readonly section: PaletteSection;
  readonly onChoose: (item: PaletteItem) => void;
}) {
  if (items.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
    >
      {items.map((item) => (
        <Command.Item
          key={item.id}
          value={item.id}
          onSelect={() => onChoose(item)}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 select-none data-[selected=true]:bg-sunken"
        >
          <item.icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
          <span className="min-w-0 truncate">{item.label}</span>
          {item.aside !== undefined && (
            <span className="max-w-[40%] shrink-0 truncate text-xs text-ink-faint">
              {item.aside}
            </span>
          )}
          {item.keys !== undefined && (
            <span className="ml-auto">
              <Key>{item.keys}</Key>
            </span>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function useSections(
  collection: string | undefined,
  mode: PaletteMode,
  query: string,
  onMode: (mode: PaletteMode) => void,
): { sections: readonly PaletteSection[]; isAsking: boolean } {
  const navigate = useNavigate();
  const places = usePlaces(collection, query);
  const actions = useActions(collection, onMode);
  async function makeGroup(of: string) {
    const id = await createGroup(of, query);
    if (id === null) return;
    wantedGroup.set(id);
    await navigate({ to: "/c/$collection/board", params: { collection: of } });
  }
  async function makeTag(of: string) {
    if (!(await createTag(of, query))) return;
    await navigate({ to: "/c/$collection/tags", params: { collection: of } });
  }
  const creations: PaletteItem[] =
    collection === undefined || query === ""
      ? []
      : [
          {
            id: "create:group",
            icon: FolderPlus,
            label: `Create the group “${query}”`,
            run: () => void makeGroup(collection),
          },
          {
            id: "create:tag",
            icon: TagPlus,
            label: `Create the tag “${query}”`,
            run: () => void makeTag(collection),
          },
        ];
  if (mode !== "all") {
    const items = creations.filter(({ id }) => id === `create:${mode}`);
    return { sections: [{ heading: "Create", items }], isAsking: false };
  }
  return {
    sections: [
      ...places.sections,
      { heading: "Actions", items: best(actions, textOf, query, 20) },
      // Not while artifacts may still come: what is first is what Enter does.
      { heading: "Create", items: places.isAsking ? [] : creations },
    ],
    isAsking: places.isAsking,
  };
}
