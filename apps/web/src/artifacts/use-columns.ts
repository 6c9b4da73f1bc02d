import { useLayoutEffect, useState, type RefObject } from "react";

/** The least width of a card with the gap beside it. */
const CARD = 250;

/** How many cards stand beside each other in an area, as wide as it is now. */
export function useColumns(area: RefObject<HTMLElement | null>): number {
  const [columns, setColumns] = useState(1);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const measure = () => setColumns(Math.max(1, Math.floor(element.clientWidth / CARD)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [area]);
  return columns;
}
