import { useEffect, useState } from "react";

/**
 * Whether something has been so for a while: what is over sooner need not be seen, and would flicker.
 * @param patience how long it has to be so, in ms
 */
export function useLate(isSo: boolean, patience: number): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isSo) return undefined;
    const timer = setTimeout(() => setLate(true), patience);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isSo, patience]);
  return isSo && isLate;
}
