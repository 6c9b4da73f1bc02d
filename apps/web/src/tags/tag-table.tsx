import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState, type FocusEvent } from "react";
import type { Tag } from "../api/queries.ts";
import type { TagsSearch } from "../app/filters.ts";
import { SlugDialog } from "./slug-dialog.tsx";
import { TagHead } from "./tag-head.tsx";
import { TagMenu } from "./tag-menu.tsx";
import { TagRow, type TagField } from "./tag-row.tsx";
import type { PatchTags } from "./tags-screen.tsx";

const ROW_HEIGHT = 45;

/** Tags in a table, or as cards where that has no room; of thousands only those in sight are there. */
export function TagTable({
  collection,
  tags,
  search,
  patch,
}: {
  readonly collection: string;
  readonly tags: readonly Tag[];
  readonly search: TagsSearch;
  readonly patch: PatchTags;
}) {
  const area = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<{ slug: string; field: TagField } | null>(null);
  const [menu, setMenu] = useState<{ tag: Tag; anchor: HTMLElement } | null>(null);
  const [slugOf, setSlugOf] = useState<Tag | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const kept = tags.findIndex(({ slug }) => slug === focused);
  const virtualizer = useVirtualizer({
    count: tags.length,
    getScrollElement: () => area.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((index: number) => tags[index]?.slug ?? index, [tags]),
    overscan: 10,
    // What has the focus, and what is half written in it, must not be taken away by scrolling.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        if (kept === -1 || shown.includes(kept)) return shown;
        return [...shown, kept].toSorted((a, b) => a - b);
      },
      [kept],
    ),
  });
  useEffect(() => {
    const row = document.activeElement?.closest(`[data-index="${kept}"]`);
    // A tag that was renamed goes to another place, and is followed there.
    if (row && area.current?.contains(row)) virtualizer.scrollToIndex(kept, { align: "auto" });
  }, [kept, virtualizer]);
  const onFocus = ({ target, currentTarget }: FocusEvent) => {
    // What a row opened over the page is not in it.
    if (!currentTarget.contains(target)) return;
    setFocused(target.closest<HTMLElement>("[data-slug]")?.dataset["slug"] ?? null);
  };
  const onEdit = useCallback((slug: string, field: TagField | null) => {
    setEditing(field === null ? null : { slug, field });
  }, []);
  const onMenu = useCallback((tag: Tag, anchor: HTMLElement) => setMenu({ tag, anchor }), []);
  /** Once a tag is gone the one behind it has the focus. */
  const goOn = ({ slug }: Tag) => {
    const at = tags.findIndex((tag) => tag.slug === slug);
    const next = tags[at + 1] ?? tags[at - 1];
    requestAnimationFrame(() => {
      const row = next && area.current?.querySelector(`[data-slug="${CSS.escape(next.slug)}"]`);
      row?.querySelector<HTMLElement>("[data-menu]")?.focus();
    });
  };
  return (
    <div ref={area} className="min-h-0 flex-1 overflow-y-auto border-t border-line bg-surface">
      <div role="table" aria-label="Tags" aria-rowcount={tags.length + 1}>
        <TagHead search={search} patch={patch} />
        <div
          role="rowgroup"
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
          onFocus={onFocus}
        >
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const tag = tags[index];
            return (
              tag !== undefined && (
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 2}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  data-slug={tag.slug}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <TagRow
                    collection={collection}
                    tag={tag}
                    editing={editing?.slug === tag.slug ? editing.field : null}
                    onEdit={onEdit}
                    onMenu={onMenu}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
      {menu !== null && (
        <TagMenu
          {...menu}
          collection={collection}
          onClose={() => setMenu(null)}
          onEdit={(field) => onEdit(menu.tag.slug, field)}
          onSlug={() => setSlugOf(menu.tag)}
          onGone={() => goOn(menu.tag)}
        />
      )}
      {slugOf !== null && (
        <SlugDialog collection={collection} tag={slugOf} onClose={() => setSlugOf(null)} />
      )}
    </div>
  );
}
