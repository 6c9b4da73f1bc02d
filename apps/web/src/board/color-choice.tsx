import { useId } from "react";
import { Field, Input } from "../ui/field.tsx";
import { classes } from "../ui/classes.ts";
import { cssColorOf, isHex, WORDS } from "../ui/colors.ts";

const CHOICES = ["", ...WORDS.keys()];

/** Chooses a group's colour: none, one of the palette, or any as hex. */
export function ColorChoice({
  value,
  before,
  onChange,
}: {
  readonly value: string;
  /** What the file holds, which may be no colour. */
  readonly before: string;
  readonly onChange: (color: string) => void;
}) {
  const name = useId();
  const isOwn = !CHOICES.includes(value);
  const isWrong = isOwn && value !== before && !isHex(value);
  return (
    <fieldset>
      <legend className="text-[0.8125rem] font-medium">Colour</legend>
      <div className="mt-1.5 flex flex-wrap gap-2">
        {CHOICES.map((color) => (
          <label
            key={color}
            title={color === "" ? "none" : color}
            className={classes(
              "relative flex size-8 cursor-pointer items-center justify-center rounded-full border-2 border-transparent has-checked:border-accent",
              "has-focus-visible:outline-2 has-focus-visible:outline-focus",
            )}
          >
            <input
              type="radio"
              name={name}
              value={color}
              aria-label={color === "" ? "No colour" : color}
              checked={value === color}
              onChange={() => onChange(color)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            <span
              aria-hidden
              className={classes(
                "size-5 rounded-full",
                color === "" && "border-2 border-dashed border-line-strong",
              )}
              style={{ backgroundColor: cssColorOf(color) ?? undefined }}
            />
          </label>
        ))}
      </div>
      <div className="mt-2 w-40">
        <Field label="Or as hex" problem={isWrong ? "Write it as #RGB or #RRGGBB" : null}>
          {(props) => (
            <div className="relative">
              <Input
                {...props}
                spellCheck={false}
                autoComplete="off"
                placeholder="#10B981"
                className="pl-8 font-mono"
                value={isOwn ? value : ""}
                onChange={(event) => onChange(event.target.value.trim())}
              />
              <span
                aria-hidden
                className="absolute top-2 left-2.5 size-4 rounded-full border border-line"
                style={{ backgroundColor: (isOwn ? cssColorOf(value) : null) ?? undefined }}
              />
            </div>
          )}
        </Field>
      </div>
    </fieldset>
  );
}
