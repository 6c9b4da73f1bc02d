import { Boxes, CircleAlert, Plus, SearchX } from "lucide-react";
import { explainError } from "../api/errors.ts";
import { Button } from "../ui/button.tsx";
import { Command, Empty } from "../ui/empty.tsx";

/** What stands in the place of the list in a collection that holds nothing. */
export function NoArtifacts({ onAdd }: { readonly onAdd: () => void }) {
  return (
    <Empty
      icon={<Boxes />}
      title="No artifacts yet"
      actions={
        <Button look="accent" onClick={onAdd}>
          <Plus />
          Add artifacts
        </Button>
      }
    >
      <p>
        Skills, commands, agents, hooks, MCP servers and workflows. Add a file, or a folder that
        holds some; it is copied into the collection.
      </p>
      <p className="mt-3">
        <Command>skillmeat artifact add ~/my-skills</Command>
      </p>
    </Empty>
  );
}

/** What stands in the place of the list where the filters leave nothing. */
export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <Empty
      icon={<SearchX />}
      title="Nothing matches"
      actions={
        <Button look="outline" onClick={onClear}>
          Show all artifacts
        </Button>
      }
    >
      No artifact answers to the search and the filters.
    </Empty>
  );
}

/** What stands in the place of the list where there is none to show, such as of a tag that was deleted. */
export function NoList({
  error,
  onClear,
}: {
  readonly error: unknown;
  readonly onClear: (() => void) | null;
}) {
  const { message, hint } = explainError(error);
  return (
    <Empty
      icon={<CircleAlert />}
      title={message}
      actions={
        onClear !== null && (
          <Button look="outline" onClick={onClear}>
            Show all artifacts
          </Button>
        )
      }
    >
      {hint}
    </Empty>
  );
}
