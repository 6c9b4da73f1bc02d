/** Whether a key was meant for the page, and not for a dialog, a menu or a field. */
export function isOnPage(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "[role=dialog], [role=menu], [role=listbox], input:not([type=checkbox]), textarea",
    ) === null
  );
}
