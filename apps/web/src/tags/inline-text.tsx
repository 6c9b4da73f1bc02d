import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Input, TextArea } from "../ui/field.tsx";
import { classes } from "../ui/classes.ts";

/** A text that is edited where it stands: Enter and leaving it keep it, Esc takes it back. */
export function InlineText({
  value,
  label,
  isEditing,
  onEdit,
  onSave,
  most,
  isRequired = false,
  hasLines = false,
  empty = "Add",
  className,
  children,
}: {
  readonly value: string;
  /** What it is, such as `Name of Backend`. */
  readonly label: string;
  readonly isEditing: boolean;
  readonly onEdit: (isEditing: boolean) => void;
  readonly onSave: (text: string) => void;
  /** How many characters it may have. */
  readonly most: number;
  readonly isRequired?: boolean;
  /** Whether it may have several lines; Shift and Enter begin the next. */
  readonly hasLines?: boolean;
  readonly className?: string;
  /** What stands where there is none, such as `Add a description`. */
  readonly empty?: string;
  /** The text as it is shown. */
  readonly children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (isEditing || !wantsFocus.current) return;
    wantsFocus.current = false;
    button.current?.focus();
  }, [isEditing]);
  if (!isEditing) {
    return (
      <button
        ref={button}
        type="button"
        title="Edit"
        aria-label={value === "" ? `${empty}: ${label}` : `Edit: ${label}: ${value}`}
        onClick={() => onEdit(true)}
        className={classes(
          "-mx-1.5 block min-h-7 max-w-full min-w-0 rounded-md px-1.5 py-1 text-left hover:bg-sunken",
          className,
        )}
      >
        {value === "" ? <span className="text-ink-faint">{empty}</span> : children}
      </button>
    );
  }
  return (
    <Editor
      value={value}
      label={label}
      most={most}
      isRequired={isRequired}
      hasLines={hasLines}
      onEnd={(text, isByKey) => {
        wantsFocus.current = isByKey;
        onEdit(false);
        if (text !== null && text !== value) onSave(text);
      }}
    />
  );
}

function Editor({
  value,
  label,
  most,
  isRequired,
  hasLines,
  onEnd,
}: {
  readonly value: string;
  readonly label: string;
  readonly most: number;
  readonly isRequired: boolean;
  readonly hasLines: boolean;
  /** @param text null where it is to stay as it was */
  readonly onEnd: (text: string | null, isByKey: boolean) => void;
}) {
  const [text, setText] = useState(value);
  const isOver = useRef(false);
  const left = most - [...text].length;
  // A text of several lines is kept exactly as it is given.
  const wanted = hasLines || text === value ? text : text.trim();
  const isWrong = left < 0 || (isRequired && wanted === "");
  const end = (isKept: boolean, isByKey: boolean) => {
    if (isOver.current) return;
    // What is wrong is mended or taken back; leaving it takes it back.
    if (isKept && isWrong && isByKey) return;
    isOver.current = true;
    onEnd(isKept && !isWrong ? wanted : null, isByKey);
  };
  const shared = {
    autoFocus: true,
    "aria-label": label,
    "aria-invalid": isWrong,
    value: text,
    onBlur: () => end(true, false),
    onKeyDown(event: KeyboardEvent) {
      if (event.nativeEvent.isComposing) return;
      if (event.key === "Enter" && !(hasLines && event.shiftKey)) end(true, true);
      else if (event.key === "Escape") end(false, true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return (
    <div className="min-w-0">
      {hasLines ? (
        <TextArea
          {...shared}
          rows={1}
          className="field-sizing-content -mx-1.5 max-h-60 min-h-7 w-[calc(100%+0.75rem)] resize-none px-1.5 py-0.5"
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.setSelectionRange(value.length, value.length)}
        />
      ) : (
        <Input
          {...shared}
          className="-mx-1.5 h-7 w-[calc(100%+0.75rem)] px-1.5"
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      )}
      {left < 0 && (
        <p role="alert" className="text-xs text-bad">
          {-left} characters too many
        </p>
      )}
    </div>
  );
}
