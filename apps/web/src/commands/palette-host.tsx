import { lazy, Suspense } from "react";
import { createStore, useStore } from "../api/store.ts";

const CommandPalette = lazy(async () => ({
  default: (await import("./palette.tsx")).CommandPalette,
}));
const KeysDialog = lazy(async () => ({ default: (await import("./keys-dialog.tsx")).KeysDialog }));

const open = createStore<"palette" | "keys" | null>(null);

/** What is typed for the palette, also while that is still being loaded. */
export const paletteText = createStore("");

/** Opens the palette of commands. */
export function openPalette(): void {
  paletteText.set("");
  open.set("palette");
}

export function closePalette(): void {
  open.set(null);
}

export function isPaletteOpen(): boolean {
  return open.get() === "palette";
}

/** Shows the keys. */
export function openKeys(): void {
  open.set("keys");
}

/** The palette and the list of keys, loaded when they are opened first. */
export function Palette({ collection }: { readonly collection: string | undefined }) {
  const what = useStore(open);
  if (what === null) return null;
  return (
    <Suspense>
      {what === "palette" ? (
        <CommandPalette collection={collection} onClose={closePalette} />
      ) : (
        <KeysDialog onClose={closePalette} />
      )}
    </Suspense>
  );
}
