import { Hash, Pencil, TextCursorInput, Trash2 } from "lucide-react";
import { useRef } from "react";
import type { Tag } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { MenuAt, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { deleteTag } from "./tag-changes.ts";
import type { TagField } from "./tag-row.tsx";

/** What can be done with a tag. */
export function TagMenu({
  collection,
  tag,
  anchor,
  onClose,
  onEdit,
  onSlug,
  onGone,
}: {
  readonly collection: string;
  readonly tag: Tag;
  readonly anchor: HTMLElement;
  readonly onClose: () => void;
  readonly onEdit: (field: TagField) => void;
  readonly onSlug: () => void;
  /** Called once it is deleted. */
  readonly onGone: () => void;
}) {
  // What was chosen has the focus then.
  const isTaken = useRef(false);
  const take = (work: () => void) => () => {
    isTaken.current = true;
    work();
  };
  return (
    <MenuAt
      anchor={anchor}
      label={`Actions of ${visibleText(tag.name)}`}
      onClose={onClose}
      finalFocus={() => (isTaken.current ? false : anchor)}
    >
      <MenuItem onSelect={take(() => onEdit("name"))}>
        <Pencil />
        Rename
      </MenuItem>
      {tag.defined && (
        <MenuItem onSelect={take(() => onEdit("description"))}>
          <TextCursorInput />
          Edit the description
        </MenuItem>
      )}
      <MenuItem onSelect={take(onSlug)}>
        <Hash />
        Change the slug…
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        danger
        onSelect={take(() => {
          void deleteTag(collection, tag);
          onGone();
        })}
      >
        <Trash2 />
        Delete
      </MenuItem>
    </MenuAt>
  );
}
