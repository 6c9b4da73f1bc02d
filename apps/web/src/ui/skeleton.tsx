import { useEffect, useState, type ReactNode } from "react";
import { classes } from "./classes.ts";

/** How long is waited before a skeleton is shown, in ms: what comes sooner must not flash. */
const PATIENCE = 180;

/** Shows what stands in for content only where that is long in coming. */
export function Skeletons({ children }: { readonly children: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label="Loading">
      {isLate ? children : null}
    </div>
  );
}

/** A grey shape in the place of a text or a card. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div className={classes("animate-pulse rounded-md bg-sunken", className)} />;
}
