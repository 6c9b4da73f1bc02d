/** Whether the keys of this machine are those of a Mac. */
export const isMac: boolean = /\b(?:Mac OS X|iPhone|iPad)\b/.test(navigator.userAgent);

/** A key with the one that commands are given by: `⌘K` on a Mac, `Ctrl K` elsewhere. */
export function commandKey(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`;
}

/** Whether the key that commands are given by is held, and no other beside it. */
export function isCommand({ metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey;
}
