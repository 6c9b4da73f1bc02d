import { Link } from "@tanstack/react-router";
import { FolderPlus, X } from "lucide-react";
import type { Artifact } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { takeOutOfGroup } from "./group-artifacts.ts";
import { GroupPicker } from "./group-picker.tsx";
import { visibleText } from "./visible-text.ts";

/** The groups that an artifact is in, each a way to what else is in it. */
export function PanelGroups({
  collection,
  artifact,
}: {
  readonly collection: string;
  readonly artifact: Artifact;
}) {
  return (
    <ul className="flex flex-wrap items-center gap-1.5">
      {artifact.groups.map((name) => (
        <li
          key={name}
          className="inline-flex h-7 max-w-full min-w-0 items-center rounded-md border border-line pl-2.5 text-[0.8125rem]"
        >
          <Link
            to="/c/$collection/artifacts"
            params={{ collection }}
            search={{ group: name, artifact: artifact.id }}
            className="min-w-0 truncate hover:underline"
          >
            <bdi>{visibleText(name)}</bdi>
          </Link>
          <Button
            className="size-7 px-0"
            aria-label={`Take out of ${visibleText(name)}`}
            // A group's name is as good as its id.
            onClick={() => void takeOutOfGroup(collection, [artifact], { id: name, name })}
          >
            <X className="size-3.5!" />
          </Button>
        </li>
      ))}
      <li>
        <GroupPicker
          collection={collection}
          artifacts={[artifact]}
          label="Put this artifact into a group"
          trigger={
            <Button size="small" className="text-ink-faint">
              <FolderPlus />
              {artifact.groups.length === 0 && "Add to a group"}
            </Button>
          }
        />
      </li>
    </ul>
  );
}
