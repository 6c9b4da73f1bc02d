import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ButtonElement } from "../ui/opener.tsx";
import { trpc } from "../api/client.ts";
import type { Artifact } from "../api/queries.ts";
import { addToGroup, createGroupOf, takeOutOfGroup } from "./group-artifacts.ts";
import type { PickerItem } from "./match-items.ts";
import { Picker } from "./picker.tsx";
import { visibleText } from "./visible-text.ts";

/** Puts artifacts into groups and takes them out; what is typed and is no group yet can be created. */
export function GroupPicker({
  collection,
  artifacts,
  trigger,
  label,
}: {
  readonly collection: string;
  readonly artifacts: readonly Artifact[];
  readonly trigger: ButtonElement;
  readonly label: string;
}) {
  const [isWanted, setWanted] = useState(false);
  const { data } = useQuery({
    ...trpc.groups.list.queryOptions({ collection }),
    enabled: isWanted,
  });
  const items = useMemo<PickerItem[]>(() => {
    const counts = new Map<string, number>();
    for (const { groups } of artifacts) {
      for (const name of groups) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return (data?.items ?? []).map(({ id, name }) => {
      const count = counts.get(name) ?? 0;
      const mark = count === 0 ? undefined : count === artifacts.length ? "all" : "some";
      return { id, label: visibleText(name), mark };
    });
  }, [artifacts, data]);
  return (
    <Picker
      label={label}
      placeholder="Find or create a group"
      trigger={trigger}
      items={items}
      empty={data === undefined ? "Loading…" : "There are no groups yet; type a name to create one"}
      onOpenChange={() => setWanted(true)}
      onPick={({ id, mark }) => {
        const group = data?.items.find((each) => each.id === id);
        if (group === undefined) return;
        void (mark === "all" ? takeOutOfGroup : addToGroup)(collection, artifacts, group);
      }}
      onCreate={(name) => void createGroupOf(collection, artifacts, name)}
    />
  );
}
