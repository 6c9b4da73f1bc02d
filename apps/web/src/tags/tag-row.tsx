import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { memo } from "react";
import type { Tag } from "../api/queries.ts";
import { visibleText } from "../artifacts/visible-text.ts";
import { Button } from "../ui/button.tsx";
import { classes } from "../ui/classes.ts";
import { ColorPicker } from "../ui/color-picker.tsx";
import { InlineText } from "./inline-text.tsx";
import { changeTag, defineTag } from "./tag-changes.ts";
import { COLUMNS } from "./tag-columns.ts";

/** What of a tag is edited in its row. */
export type TagField = "name" | "description";

/** A tag, and what can be changed of it. */
export const TagRow = memo(function TagRow({
  collection,
  tag,
  editing,
  onEdit,
  onMenu,
}: {
  readonly collection: string;
  readonly tag: Tag;
  /** Which of its fields is edited now. */
  readonly editing: TagField | null;
  readonly onEdit: (slug: string, field: TagField | null) => void;
  readonly onMenu: (tag: Tag, anchor: HTMLElement) => void;
}) {
  const { slug, color, description, defined } = tag;
  const name = visibleText(tag.name);
  return (
    <div role="presentation" className={classes(COLUMNS, "border-b border-line px-3 py-2")}>
      <span role="cell">
        <ColorPicker
          value={color}
          label={`Colour of ${name}`}
          onChoose={(chosen) => void changeTag(collection, tag, { color: chosen })}
        />
      </span>
      <span role="cell" className="min-w-0">
        <InlineText
          value={tag.name}
          label={`Name of ${name}`}
          most={100}
          isRequired
          isEditing={editing === "name"}
          onEdit={(isEditing) => onEdit(slug, isEditing ? "name" : null)}
          onSave={(text) => void changeTag(collection, tag, { name: text })}
          className="truncate font-medium"
        >
          <bdi>{name}</bdi>
        </InlineText>
      </span>
      <span
        role="cell"
        title={slug}
        className="order-1 col-span-3 col-start-2 truncate font-mono text-xs text-ink-soft @3xl:order-none @3xl:col-span-1 @3xl:col-start-auto @3xl:leading-7"
      >
        {slug}
      </span>
      <span
        role="cell"
        className="order-2 col-span-3 col-start-2 min-w-0 text-ink-soft @3xl:order-none @3xl:col-span-1 @3xl:col-start-auto"
      >
        {defined ? (
          <InlineText
            value={description}
            label={`Description of ${name}`}
            most={2_000}
            hasLines
            isEditing={editing === "description"}
            onEdit={(isEditing) => onEdit(slug, isEditing ? "description" : null)}
            onSave={(text) => void changeTag(collection, tag, { description: text })}
            empty="Add a description"
            className="w-full wrap-anywhere"
          >
            <bdi className="line-clamp-2">{visibleText(description)}</bdi>
          </InlineText>
        ) : (
          <span className="flex min-h-7 flex-wrap items-center gap-x-2 text-ink-faint">
            Not defined: only artifacts name it
            <Button
              look="outline"
              size="small"
              aria-label={`Define ${name}`}
              onClick={() => void defineTag(collection, tag)}
            >
              Define
            </Button>
          </span>
        )}
      </span>
      <span role="cell" className="text-right leading-7 tabular-nums">
        <Count collection={collection} tag={tag} />
      </span>
      <span role="cell">
        <Button
          size="small-icon"
          data-menu
          aria-label={`Actions of ${name}`}
          aria-haspopup="menu"
          onClick={(event) => onMenu(tag, event.currentTarget)}
        >
          <Ellipsis />
        </Button>
      </span>
    </div>
  );
});

function Count({ collection, tag }: { readonly collection: string; readonly tag: Tag }) {
  const { slug, artifactCount } = tag;
  // Where there are columns, what is counted stands above.
  const text = (
    <>
      {artifactCount.toLocaleString("en")}{" "}
      <span className="@3xl:sr-only">{artifactCount === 1 ? "artifact" : "artifacts"}</span>
    </>
  );
  if (artifactCount === 0) return <span className="text-ink-faint">{text}</span>;
  return (
    <Link
      to="/c/$collection/artifacts"
      params={{ collection }}
      search={{ tag: slug }}
      className="rounded px-1 text-accent underline underline-offset-2 hover:bg-accent-soft"
    >
      {text}
    </Link>
  );
}
