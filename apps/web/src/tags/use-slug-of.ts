import { useEffect, useState } from "react";
import { loadRules } from "../api/rules.ts";

type SlugOf = (name: string) => string;

/** The function that makes a slug of a name; null until it is loaded, for it comes with all the rules. */
export function useSlugOf(): SlugOf | null {
  const [slugOf, setSlugOf] = useState<SlugOf | null>(null);
  useEffect(() => {
    let isGone = false;
    void loadRules().then((rules) => {
      if (!isGone) setSlugOf(() => rules.slugOf);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return slugOf;
}
