import { commandKey } from "./keys.ts";

/** Keys and what they do; more than one key means one after or beside the other. */
export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}

/** All keys of the app, by where they work. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: "Everywhere",
    keys: [
      { keys: [commandKey("K")], does: "Search, go anywhere, do anything" },
      { keys: ["/"], does: "Search on this page" },
      { keys: [commandKey("Z")], does: "Undo the last change" },
      { keys: ["?"], does: "Show these keys" },
      { keys: ["Esc"], does: "Close, or take back what is under way" },
    ],
  },
  {
    title: "Board",
    keys: [
      { keys: ["←", "↑", "↓", "→"], does: "Go from card to card, and from group to group" },
      { keys: ["Space"], does: "Lift a card or a group, and put it down" },
      { keys: ["Esc"], does: "Put it back where it was" },
      { keys: ["Enter"], does: "Open what is known of an artifact" },
      { keys: ["x"], does: "Select a card" },
      { keys: ["Shift ↑", "Shift ↓"], does: "Select more cards" },
      { keys: ["m"], does: "Open the menu of a card or a group" },
      { keys: ["Delete"], does: "Take a card out of its group" },
      { keys: ["F2"], does: "Rename a group" },
    ],
  },
  {
    title: "Artifacts",
    keys: [
      { keys: ["↑", "↓"], does: "Go from one to the next; in the grid also with ← and →" },
      { keys: ["Enter"], does: "Open what is known of one" },
      { keys: ["j", "k"], does: "Show the next or the one before, also beside the list" },
      { keys: ["Space"], does: "Select one, and with Shift and the arrows more" },
      { keys: [commandKey("A")], does: "Select all" },
      { keys: ["Esc"], does: "Close what is shown, or select none" },
    ],
  },
  {
    title: "Tags",
    keys: [
      { keys: ["Enter"], does: "Keep what is typed into a name, a slug or a description" },
      { keys: ["Esc"], does: "Leave it as it was" },
    ],
  },
];
