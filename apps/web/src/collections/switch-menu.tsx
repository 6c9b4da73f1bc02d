import { useNavigate } from "@tanstack/react-router";
import { Check, FolderCog } from "lucide-react";
import { useCollections } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { MenuAt, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import type { Opened } from "../ui/opener.tsx";
import { Standing } from "./standing.tsx";

/** All collections, to go to one of them. */
export function SwitchMenu({
  anchor,
  onClose,
  collection,
}: Opened & { readonly collection: string }) {
  const { data } = useCollections();
  const navigate = useNavigate();
  return (
    <MenuAt
      align="start"
      anchor={anchor}
      label="Collections"
      onClose={onClose}
      finalFocus={() => anchor}
    >
      {data?.items.map(({ name, displayName }) => (
        <MenuItem
          key={name}
          onSelect={() =>
            void navigate({ to: "/c/$collection/board", params: { collection: name } })
          }
        >
          <span className="w-4">{name === collection && <Check />}</span>
          <span className="max-w-72 min-w-0 flex-1">
            <bdi className="block truncate">{visibleText(displayName)}</bdi>
            {displayName !== name && (
              <span className="block truncate text-xs text-ink-faint">{name}</span>
            )}
          </span>
          <Standing collection={name} isQuiet className="pl-2" />
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => void navigate({ to: "/collections" })}>
        <FolderCog />
        All collections…
      </MenuItem>
    </MenuAt>
  );
}
