import { useId, useState, type FormEvent } from "react";
import { Button } from "./button.tsx";
import { isHex, longHex } from "./colors.ts";
import { Input } from "./field.tsx";

/** Any colour: typed, or mixed in the browser's own field. It is chosen by Enter or its button alone. */
export function ColorField({
  value,
  onChoose,
}: {
  readonly value: string;
  readonly onChoose: (color: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState(isHex(value) ? value : "");
  const [isTold, setTold] = useState(false);
  const color = withHash(text);
  const isWrong = isTold && !isHex(color);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // It may stand in another form, of which this is not the end.
    event.stopPropagation();
    if (isHex(color)) onChoose(color);
    else setTold(true);
  };
  return (
    <form className="mt-2 border-t border-line pt-2" onSubmit={submit}>
      <div className="flex items-center gap-1.5">
        <input
          type="color"
          aria-label="Mix a colour"
          className="size-8 shrink-0 cursor-pointer rounded-md border border-line-strong bg-surface p-0.5"
          value={longHex(isHex(color) ? color : value)}
          // While one drags this comes with every step: it is kept here until it is chosen.
          onChange={(event) => setText(event.target.value.toUpperCase())}
        />
        <Input
          aria-label="As hex"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? id : undefined}
          className="min-w-0 flex-1 font-mono text-[0.8125rem]"
          placeholder="#3B82F6"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setTold(false);
          }}
        />
        <Button look="outline" type="submit">
          Use
        </Button>
      </div>
      {isWrong && (
        <p id={id} role="alert" className="mt-1 text-xs text-bad">
          Write it as #RGB or #RRGGBB
        </p>
      )}
    </form>
  );
}

function withHash(text: string): string {
  const color = text.trim();
  return color === "" || color.startsWith("#") ? color : `#${color}`;
}
