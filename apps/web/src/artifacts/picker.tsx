import { cloneElement, lazy, type ReactNode } from "react";
import { Opener, type ButtonElement } from "../ui/opener.tsx";
import type { PickerItem } from "./match-items.ts";

export interface PickerProps {
  /** The button that opens it; it gets `label` as its name. */
  readonly trigger: ButtonElement;
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PickerItem[];
  readonly onPick: (item: PickerItem) => void;
  /** Makes what nothing is called yet. */
  readonly onCreate?: (name: string) => void;
  /** What is said where nothing matches. */
  readonly empty: ReactNode;
  /** Whether it closes once something is picked. */
  readonly closes?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

const load = () => import("./open-picker.tsx");
const OpenPicker = lazy(async () => ({ default: (await load()).OpenPicker }));

/** A list of things by their names, to search in, and to pick from or to create what is not there. */
export function Picker(props: PickerProps) {
  const button = cloneElement(props.trigger, { role: "combobox", "aria-label": props.label });
  return (
    <Opener button={button} popup="dialog" load={load}>
      {(opened) => <OpenPicker {...props} {...opened} />}
    </Opener>
  );
}
