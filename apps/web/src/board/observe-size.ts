import { elementScroll, type Rect, type Virtualizer } from "@tanstack/react-virtual";

/**
 * Tells a list how large its area is once the browser has laid it out. To ask at once, as is usual, would make the
 * browser lay out the whole board for each column that comes into sight.
 */
export function observeSize<Area extends Element>(
  { scrollElement }: Virtualizer<Area, Element>,
  tell: (size: Rect) => void,
): () => void {
  if (scrollElement === null) return () => {};
  const observer = new ResizeObserver(([entry]) => {
    const size = entry?.borderBoxSize[0];
    if (size !== undefined) tell({ width: size.inlineSize, height: size.blockSize });
  });
  observer.observe(scrollElement, { box: "border-box" });
  return () => observer.disconnect();
}

/** Scrolls a list as usual, but for one that begins at its beginning: that too would be a layout of the board. */
export function scrollWhereNeeded<Area extends Element>(
  offset: number,
  options: { readonly adjustments?: number; readonly behavior?: ScrollBehavior },
  list: Virtualizer<Area, Element>,
): void {
  const isThere =
    offset === 0 && (options.adjustments ?? 0) === 0 && (list.scrollOffset ?? 0) === 0;
  if (!isThere) elementScroll(offset, options, list);
}
