import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/field.tsx";

/** How long after the last key the list follows, in ms. */
const PAUSE = 180;

/** The field that searches a page, its artifacts where nothing else is said; what it holds comes into the URL a moment later. */
export function SearchField({
  value,
  onSearch,
  label = "Search artifacts",
  placeholder = "Search names, texts and tags",
}: {
  readonly value: string;
  readonly onSearch: (text: string) => void;
  readonly label?: string;
  readonly placeholder?: string;
}) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // From elsewhere, such as Back; what is typed meanwhile is not taken away by its own echo.
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === told.current) return;
    const timer = setTimeout(() => {
      told.current = wanted;
      onSearch(wanted);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <div className="relative min-w-36 flex-1 basis-40 @3xl:max-w-sm">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-faint"
      />
      <Input
        ref={field}
        data-search
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || text === "") return;
          event.stopPropagation();
          setText("");
        }}
        className="px-8"
      />
      {text !== "" && (
        <Button
          size="small-icon"
          aria-label="Clear the search"
          className="absolute top-0.5 right-0.5"
          onClick={() => {
            setText("");
            field.current?.focus();
          }}
        >
          <X />
        </Button>
      )}
    </div>
  );
}
