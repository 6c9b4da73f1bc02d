import { useRef, useState } from "react";
import { Button } from "./button.tsx";
import { ColorChoices } from "./color-choices.tsx";
import { ColorDot } from "./color-dot.tsx";
import { ColorField } from "./color-field.tsx";
import { colorName } from "./colors.ts";
import { Popover } from "./popover.tsx";

/** A colour as a button that opens a palette. What is chosen is told once, not while one is choosing. */
export function ColorPicker({
  value,
  onChoose,
  words = false,
  label,
}: {
  /** As a file holds it: hex, a word, or anything else. */
  readonly value: string;
  readonly onChoose: (color: string) => void;
  /** Whether the words are offered that groups may have. */
  readonly words?: boolean;
  /** What it is the colour of, such as `Colour of Backend`. */
  readonly label: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const choose = (color: string) => {
    setOpen(false);
    if (color !== value) onChoose(color);
  };
  return (
    <>
      <Button
        ref={button}
        size="small-icon"
        aria-label={`${label}: ${colorName(value)}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ColorDot color={value} className="size-4" />
      </Button>
      {isOpen && (
        <Popover anchor={button} label={label} onClose={() => setOpen(false)} className="w-60">
          <ColorChoices value={value} words={words} onChoose={choose} />
          <ColorField value={value} onChoose={choose} />
        </Popover>
      )}
    </>
  );
}
