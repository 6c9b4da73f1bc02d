import { Link, useNavigate } from "@tanstack/react-router";
import {
  Ellipsis,
  Folder,
  FolderSymlink,
  LayoutDashboard,
  Pencil,
  Trash2,
  Unlink,
} from "lucide-react";
import type { Collection } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { plural } from "../file/plural.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import type { CollectionDialog } from "./collections-page.tsx";
import { Standing } from "./standing.tsx";

/** A collection: what it holds, where it lies, how its file stands. */
export function CollectionRow({
  collection,
  onDialog,
}: {
  readonly collection: Collection;
  readonly onDialog: (dialog: CollectionDialog) => void;
}) {
  const { name, path, linked, artifacts, groups, tags } = collection;
  const displayName = visibleText(collection.displayName);
  const navigate = useNavigate();
  const Icon = linked ? FolderSymlink : Folder;
  const open = () => void navigate({ to: "/c/$collection/board", params: { collection: name } });
  return (
    <li className="relative flex gap-3 px-3 py-3 first:rounded-t-xl last:rounded-b-xl hover:bg-sunken/60 sm:px-4">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-faint" />
      <div className="flex min-w-0 flex-1 flex-col gap-x-3 gap-y-1.5 sm:flex-row sm:items-center">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <Link
              to="/c/$collection/board"
              params={{ collection: name }}
              // All of the row leads there; what else can be pressed lies above.
              className="min-w-0 truncate font-semibold after:absolute after:inset-0"
            >
              <bdi>{displayName}</bdi>
            </Link>
            {displayName !== name && (
              <span className="truncate font-mono text-xs text-ink-faint">{name}</span>
            )}
            {linked && (
              <span className="rounded-full border border-line px-1.5 text-xs text-ink-soft">
                linked
              </span>
            )}
          </div>
          <p className="mt-0.5 text-ink-soft tabular-nums">
            {[plural(artifacts, "artifact"), plural(groups, "group"), plural(tags, "tag")].join(
              " · ",
            )}
          </p>
          <p
            title={path}
            className="relative z-1 mt-0.5 w-fit max-w-full truncate font-mono text-xs text-ink-faint"
          >
            {path}
          </p>
        </div>
        <Standing collection={name} className="relative z-1" />
      </div>
      <div className="relative z-1 self-center">
        <Menu
          trigger={
            <Button size="icon" aria-label={`Actions of ${displayName}`}>
              <Ellipsis />
            </Button>
          }
        >
          <MenuItem onSelect={open}>
            <LayoutDashboard />
            Open
          </MenuItem>
          <MenuItem onSelect={() => onDialog({ kind: "rename", collection })}>
            <Pencil />
            Rename…
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => onDialog({ kind: "delete", collection })}>
            {linked ? <Unlink /> : <Trash2 />}
            {linked ? "Unlink…" : "Delete…"}
          </MenuItem>
        </Menu>
      </div>
    </li>
  );
}
