import type { Tag } from "../api/queries.ts";
import type { TagsSearch } from "../app/filters.ts";

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** The tags that a search leaves, in the order that is asked for: by name, or those that most carry first. */
export function arrangeTags(tags: readonly Tag[], { q, sort, turned }: TagsSearch): readonly Tag[] {
  const wanted = fold(q ?? "").trim();
  const found = tags.filter(({ name, slug, description }) =>
    [name, slug, description].some((text) => fold(text).includes(wanted)),
  );
  const byName = (a: Tag, b: Tag) => words.compare(a.name, b.name) || (a.slug < b.slug ? -1 : 1);
  const direction = turned === true ? -1 : 1;
  return found.toSorted((a, b) =>
    sort === "count"
      ? direction * (b.artifactCount - a.artifactCount) || byName(a, b)
      : direction * byName(a, b),
  );
}

function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
