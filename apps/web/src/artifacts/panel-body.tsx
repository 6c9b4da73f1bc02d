import { useMemo, type ReactNode } from "react";
import type { Artifact } from "../api/queries.ts";
import { fileTags } from "./file-tags.ts";
import { PanelContent, useContent } from "./panel-content.tsx";
import { PanelGroups } from "./panel-groups.tsx";
import { PanelMissing } from "./panel-missing.tsx";
import { PanelTags } from "./panel-tags.tsx";
import { useTagIndex } from "./use-tag-index.ts";
import { visibleText } from "./visible-text.ts";

/** The details of an artifact, and what its file says. */
export function PanelBody({
  collection,
  artifact,
}: {
  readonly collection: string;
  readonly artifact: Artifact;
}) {
  const tags = useTagIndex(collection);
  const content = useContent(collection, artifact);
  const text = content.data?.text ?? "";
  const inFile = useMemo(() => fileTags(artifact.tags, text, tags), [artifact.tags, text, tags]);
  const file = content.data?.file ?? artifact.path;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-4">
      {artifact.description !== "" && (
        <p dir="auto" className="mb-4 whitespace-pre-line [overflow-wrap:anywhere]">
          {artifact.description}
        </p>
      )}
      {artifact.missing && <PanelMissing collection={collection} artifact={artifact} />}
      <dl className="mb-5 grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
        <Fact name="Tags">
          <PanelTags
            collection={collection}
            artifact={artifact}
            tags={tags}
            inFile={inFile}
            file={file}
          />
        </Fact>
        <Fact name="Groups">
          <PanelGroups collection={collection} artifact={artifact} />
        </Fact>
        {artifact.path !== "" && (
          <Fact name="Path">
            <bdi className="block py-1 font-mono text-xs [overflow-wrap:anywhere]">
              {visibleText(artifact.path)}
            </bdi>
          </Fact>
        )}
      </dl>
      {!artifact.missing && artifact.path !== "" && (
        <div className="border-t border-line pt-4">
          <PanelContent content={content} />
        </div>
      )}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="py-1 text-[0.8125rem] text-ink-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
