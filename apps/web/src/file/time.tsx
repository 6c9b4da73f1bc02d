import { useEffect, useState } from "react";
import { relativeTime } from "./times.ts";

/** How often a time is told anew, in ms. */
const TICK = 1_000;

/** A time as a person says it; the exact one is its title. */
export function Time({ at }: { readonly at: string }) {
  const time = Date.parse(at);
  const [text, setText] = useState(() => relativeTime(time, Date.now()));
  useEffect(() => {
    const tell = () => setText(relativeTime(time, Date.now()));
    tell();
    // Most ticks say the same, and then nothing is drawn.
    const timer = setInterval(tell, TICK);
    return () => clearInterval(timer);
  }, [time]);
  return (
    <time dateTime={at} title={new Date(time).toLocaleString()}>
      {text}
    </time>
  );
}
