import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { client, queryClient } from "../api/client.ts";
import { tellError } from "../api/errors.ts";
import type { Artifact } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { Command } from "../ui/empty.tsx";
import { tell } from "../ui/toasts.tsx";
import { visibleText } from "./visible-text.ts";

/** Says why an artifact counts as missing, and what can be done. */
export function PanelMissing({
  collection,
  artifact,
}: {
  readonly collection: string;
  readonly artifact: Artifact;
}) {
  const [isLooking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    try {
      await client.cache.refresh.mutate({ collection });
      await queryClient.invalidateQueries();
      const { id } = artifact;
      const now = await client.artifacts.get.query({ collection, id });
      tell(now.missing ? "Its files are still missing" : "Its files are there again");
    } catch (error) {
      tellError(error);
    } finally {
      setLooking(false);
    }
  };
  return (
    <section
      aria-label="Missing"
      className="mb-4 rounded-lg border border-line bg-warn-soft px-3.5 py-3 text-[0.8125rem]"
    >
      <h3 className="font-semibold text-warn">Its files are missing</h3>
      <p className="mt-1 [overflow-wrap:anywhere]">
        collection.toml names it
        {artifact.path === "" ? ", and no file answers to the name" : ", and there is nothing at "}
        {artifact.path !== "" && <code className="font-mono">{visibleText(artifact.path)}</code>}.
        Its tags and its places in groups are kept.
      </p>
      <ul className="mt-2 list-disc space-y-1 pl-4">
        <li>Put its file or folder back, then look again.</li>
        <li>
          Add it from where it lies: <Command>skillmeat artifact add PATH</Command>
        </li>
        <li>Remove it, if it is not to come back.</li>
      </ul>
      <Button
        look="outline"
        size="small"
        className="mt-3"
        disabled={isLooking}
        onClick={() => void look()}
      >
        <RefreshCw />
        Look again
      </Button>
    </section>
  );
}
