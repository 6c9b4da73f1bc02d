import { useSyncExternalStore } from "react";

/** A value that components follow, and that is set from anywhere. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  /** Sets it to what is made of what it was. */
  change(make: (before: T) => T): void;
  follow(listener: () => void): () => void;
}

/** Makes a store with its first value. */
export function createStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => value,
    set,
    change: (make) => set(make(value)),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a store, or a part of what it holds, is now; a part has to be the same value while it stays. */
export function useStore<T>(store: Store<T>): T;
export function useStore<T, Part>(store: Store<T>, part: (value: T) => Part): Part;
export function useStore<T, Part>(store: Store<T>, part?: (value: T) => Part): T | Part {
  const read = () => (part === undefined ? store.get() : part(store.get()));
  return useSyncExternalStore(store.follow, read);
}
