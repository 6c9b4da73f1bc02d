import { Shapes, type LucideIcon } from "lucide-react";
import { useId, useState } from "react";
import { Input } from "../ui/field.tsx";
import { GROUP_ICONS } from "./group-icon.tsx";

/** Chooses a group's icon by its Lucide name; one that is not among those shown is kept by its name. */
export function IconChoice({
  value,
  onChange,
}: {
  readonly value: string;
  readonly color: string;
  readonly onChange: (icon: string) => void;
}) {
  const name = useId();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const all: [string, LucideIcon][] = [...GROUP_ICONS];
  if (value !== "" && !GROUP_ICONS.has(value)) all.unshift([value, Shapes]);
  const found = all.filter(([each]) => each.includes(wanted));
  const isNew = wanted !== "" && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(wanted) && wanted.length <= 32;
  const canTake = isNew && all.every(([each]) => each !== wanted);
  return (
    <fieldset>
      <legend className="text-[0.8125rem] font-medium">
        Icon{value !== "" && <span className="ml-2 font-normal text-ink-faint">{value}</span>}
      </legend>
      <Input
        aria-label="Find an icon"
        placeholder="Find an icon, by its Lucide name"
        className="mt-1.5"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <div className="mt-2 grid max-h-36 grid-cols-[repeat(auto-fill,2rem)] gap-1 overflow-y-auto p-0.5">
        {wanted === "" && (
          <Choice name={name} icon="" label="No icon" value={value} onChange={onChange} />
        )}
        {found.map(([icon, Icon]) => (
          <Choice
            key={icon}
            name={name}
            icon={icon}
            label={icon}
            value={value}
            onChange={onChange}
            Icon={Icon}
          />
        ))}
      </div>
      {canTake && (
        <button
          type="button"
          className="mt-1 rounded-md px-2 py-1 text-[0.8125rem] text-accent hover:bg-sunken"
          onClick={() => onChange(wanted)}
        >
          Use the name “{wanted}”, for other programs that know it
        </button>
      )}
    </fieldset>
  );
}

function Choice({
  name,
  icon,
  label,
  value,
  onChange,
  Icon,
}: {
  readonly name: string;
  readonly icon: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (icon: string) => void;
  readonly Icon?: LucideIcon;
}) {
  return (
    <label
      title={label}
      className="relative flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-sunken has-checked:bg-accent-soft has-checked:text-accent has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-focus"
    >
      <input
        type="radio"
        name={name}
        value={icon}
        aria-label={label}
        checked={value === icon}
        onChange={() => onChange(icon)}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {Icon === undefined ? (
        <span aria-hidden className="size-2 rounded-full bg-current" />
      ) : (
        <Icon aria-hidden className="size-4" />
      )}
    </label>
  );
}
