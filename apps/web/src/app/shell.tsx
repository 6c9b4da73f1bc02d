import { Link, Outlet, useParams, useRouterState } from "@tanstack/react-router";
import { Boxes, KanbanSquare, Search, Tags, type LucideIcon } from "lucide-react";
import { useEffect } from "react";
import { CollectionSwitch } from "../collections/collection-switch.tsx";
import { commandKey, isMac } from "../commands/keys.ts";
import { openPalette, Palette } from "../commands/palette-host.tsx";
import { useShortcuts } from "../commands/shortcuts.ts";
import { FilePill } from "../file/file-pill.tsx";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { rememberCollection } from "./last-collection.ts";
import { ThemeButton } from "./theme-button.tsx";

const PLACES = [
  { to: "/c/$collection/board", label: "Board", icon: KanbanSquare },
  { to: "/c/$collection/artifacts", label: "Artifacts", icon: Boxes },
  { to: "/c/$collection/tags", label: "Tags", icon: Tags },
] as const;

/** What is around every page: where one is, where one can go, and how the file stands. */
export function Shell() {
  const { collection } = useParams({ strict: false });
  useShortcuts(collection);
  useTitle(collection);
  useEffect(() => {
    if (collection !== undefined) rememberCollection(collection);
  }, [collection]);
  return (
    <div className="flex h-full flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2"
      >
        Skip to the content
      </a>
      <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-surface px-3">
        <CollectionSwitch collection={collection} />
        {collection !== undefined && (
          <nav aria-label="Pages" className="hidden items-center gap-1 md:flex">
            {PLACES.map((place) => (
              <PlaceLink key={place.to} collection={collection} {...place} />
            ))}
          </nav>
        )}
        <div className="min-w-0 flex-1" />
        {collection !== undefined && <FilePill collection={collection} />}
        <Button
          look="outline"
          className="px-2 text-ink-faint lg:px-3"
          onClick={openPalette}
          aria-keyshortcuts={isMac ? "Meta+K" : "Control+K"}
        >
          <Search />
          <span className="sr-only lg:not-sr-only">Search</span>
          <kbd
            aria-hidden
            className="hidden rounded border border-line px-1 font-sans text-xs lg:inline"
          >
            {commandKey("K")}
          </kbd>
        </Button>
        <ThemeButton />
      </header>
      <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-hidden outline-none">
        <Outlet />
      </main>
      {collection !== undefined && (
        <nav
          aria-label="Pages"
          className="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
        >
          {PLACES.map((place) => (
            <PlaceLink key={place.to} collection={collection} isBelow {...place} />
          ))}
        </nav>
      )}
      <Palette collection={collection} />
    </div>
  );
}

function PlaceLink({
  to,
  label,
  icon: Icon,
  collection,
  isBelow = false,
}: {
  readonly to: (typeof PLACES)[number]["to"];
  readonly label: string;
  readonly icon: LucideIcon;
  readonly collection: string;
  readonly isBelow?: boolean;
}) {
  return (
    <Link
      to={to}
      params={{ collection }}
      className={classes(
        "flex items-center gap-1.5 rounded-md font-medium text-ink-soft hover:text-ink [&_svg]:size-4",
        isBelow
          ? "flex-1 flex-col gap-0.5 py-2 text-[0.6875rem]"
          : "h-8 px-2.5 hover:bg-sunken data-[status=active]:bg-sunken",
        "data-[status=active]:text-ink",
        isBelow && "data-[status=active]:text-accent",
      )}
    >
      <Icon aria-hidden />
      {label}
    </Link>
  );
}

const TITLES: Readonly<Record<string, string>> = {
  board: "Board",
  artifacts: "Artifacts",
  tags: "Tags",
};

function useTitle(collection: string | undefined): void {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    const page = TITLES[path.split("/").at(-1) ?? ""] ?? "Collections";
    document.title = [page, collection, "SkillMeat"]
      .filter((part) => part !== undefined)
      .join(" · ");
  }, [path, collection]);
}
