import {
  Archive,
  FilePenLine,
  FolderPlus,
  History,
  Keyboard,
  Monitor,
  Moon,
  RefreshCw,
  Save,
  Sun,
  TagPlus,
  Undo2,
} from "lucide-react";
import { useMemo } from "react";
import { undoChange } from "../api/undo.ts";
import { chooseTheme } from "../app/theme.ts";
import { openFilePanel } from "../file/file-pill.tsx";
import { commandKey } from "./keys.ts";
import { openKeys } from "./palette-host.tsx";
import type { PaletteItem, PaletteMode } from "./palette-item.ts";

/** What can be done. @param onMode is told where a name has to be typed first */
export function useActions(
  collection: string | undefined,
  onMode: (mode: PaletteMode) => void,
): PaletteItem[] {
  return useMemo(
    () => [...(collection === undefined ? [] : inCollection(collection, onMode)), ...ALWAYS],
    [collection, onMode],
  );
}

function inCollection(collection: string, onMode: (mode: PaletteMode) => void): PaletteItem[] {
  const typeName = (mode: PaletteMode) => () => {
    onMode(mode);
    return true as const;
  };
  return [
    {
      id: "do:group",
      icon: FolderPlus,
      label: "Create a group…",
      run: typeName("group"),
    },
    { id: "do:tag", icon: TagPlus, label: "Create a tag…", run: typeName("tag") },
    {
      id: "do:undo",
      icon: Undo2,
      label: "Undo the last change",
      keys: commandKey("Z"),
      run: () => void undoChange(collection),
    },
    {
      id: "do:refresh",
      icon: RefreshCw,
      label: "Refresh: read the file and the folders anew",
      run: () => void calls().then(({ refresh }) => refresh(collection)),
    },
    {
      id: "do:write",
      icon: Save,
      label: "Write now what is not saved",
      run: () => void calls().then(({ writeNow }) => writeNow(collection)),
    },
    {
      id: "do:file",
      icon: FilePenLine,
      label: "The file: how it stands",
      run: () => openFilePanel(),
    },
    {
      id: "do:history",
      icon: History,
      label: "The file: history",
      run: () => openFilePanel("history"),
    },
    {
      id: "do:backups",
      icon: Archive,
      label: "The file: backups",
      run: () => openFilePanel("backups"),
    },
  ];
}

/** They come with the panel, and are not loaded for a palette alone. */
function calls() {
  return import("../file/file-calls.ts");
}

const ALWAYS: readonly PaletteItem[] = [
  { id: "do:light", icon: Sun, label: "Theme: light", run: () => chooseTheme("light") },
  { id: "do:dark", icon: Moon, label: "Theme: dark", run: () => chooseTheme("dark") },
  {
    id: "do:system",
    icon: Monitor,
    label: "Theme: as the system",
    run: () => chooseTheme("system"),
  },
  {
    id: "do:keys",
    icon: Keyboard,
    label: "Show the keys",
    keys: "?",
    run() {
      openKeys();
      return true;
    },
  },
];
