import { useMemo } from "react";
import type { ButtonElement } from "../ui/opener.tsx";
import type { Artifact, Tag } from "../api/queries.ts";
import type { PickerItem } from "./match-items.ts";
import { Picker } from "./picker.tsx";
import { createTagOn, setTag } from "./tag-artifacts.ts";
import { TagDot, type TagIndex } from "./tag-mark.tsx";
import { visibleText } from "./visible-text.ts";

/** Puts tags on artifacts and takes them off; what is typed and is no tag yet can be created. */
export function TagPicker({
  collection,
  artifacts,
  tags,
  trigger,
  label,
}: {
  readonly collection: string;
  readonly artifacts: readonly Artifact[];
  readonly tags: TagIndex;
  readonly trigger: ButtonElement;
  readonly label: string;
}) {
  const items = useMemo<PickerItem[]>(() => {
    const counts = new Map<string, number>();
    for (const { tags: slugs } of artifacts) {
      for (const slug of slugs) counts.set(slug, (counts.get(slug) ?? 0) + 1);
    }
    return [...tags.values()].map((tag) =>
      itemOf(tag, counts.get(tag.slug) ?? 0, artifacts.length),
    );
  }, [artifacts, tags]);
  return (
    <Picker
      label={label}
      placeholder="Find or create a tag"
      trigger={trigger}
      items={items}
      empty="There are no tags yet; type a name to create one"
      onPick={({ id, mark }) => {
        const tag = tags.get(id);
        if (tag !== undefined) void setTag(collection, artifacts, tag, mark !== "all");
      }}
      onCreate={(name) => void createTagOn(collection, artifacts, name)}
    />
  );
}

function itemOf({ slug, name, color }: Tag, carriers: number, all: number): PickerItem {
  const mark = carriers === 0 ? undefined : carriers === all ? "all" : "some";
  return { id: slug, label: visibleText(name), mark, start: <TagDot color={color} /> };
}
