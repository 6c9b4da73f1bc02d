import { createStore, useStore } from "../api/store.ts";

const spoken = createStore("");

/** Tells a screen reader of what was done, such as where a card came to. */
export function announce(text: string): void {
  // The same text twice would not be read twice.
  spoken.change((before) => (before === text ? `${text}\u00A0` : text));
}

/** The live region that is read out; once on a page. */
export function Announcer() {
  const text = useStore(spoken);
  return (
    <div aria-live="assertive" role="log" className="sr-only">
      {text}
    </div>
  );
}
