import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { trpc } from "../api/client.ts";
import { explainError } from "../api/errors.ts";
import type { Artifact } from "../api/queries.ts";
import { Button } from "../ui/button.tsx";
import { Skeleton, Skeletons } from "../ui/skeleton.tsx";
import { CatchCrash } from "./catch-crash.tsx";
import { splitFrontmatter, type FrontmatterEntry } from "./frontmatter.ts";
import { visibleText } from "./visible-text.ts";

const Markdown = lazy(async () => ({ default: (await import("./markdown.tsx")).Markdown }));

/** More is shown as the text that it is: to make a page of it would take the browser too long. */
const RENDERED = 40_000;

/** The text of an artifact, asked for anew each time it is opened: an edit of it alone is no news. */
export function useContent(collection: string, { id, missing, path }: Artifact) {
  return useQuery({
    ...trpc.artifacts.content.queryOptions({ collection, id }),
    enabled: !missing && path !== "",
    staleTime: 0,
    retry: false,
  });
}

/** What the file of an artifact says. */
export function PanelContent({ content }: { readonly content: ReturnType<typeof useContent> }) {
  const { data, error } = content;
  if (data !== undefined) return <FileContent key={data.file} {...data} />;
  if (error !== null) {
    const { message, hint } = explainError(error);
    return (
      <p className="rounded-md bg-sunken px-3 py-2 text-ink-soft">
        {message}. <span className="text-ink-faint">{hint}</span>
      </p>
    );
  }
  return <ContentSkeleton />;
}

function FileContent({
  file,
  text,
  cut,
}: {
  readonly file: string;
  readonly text: string;
  readonly cut: boolean;
}) {
  const [isSource, setSource] = useState(false);
  const isMarkdown = /\.(?:md|markdown)$/i.test(file);
  const { entries, body } = useMemo(
    () => (isMarkdown ? splitFrontmatter(text) : { entries: [], body: text }),
    [isMarkdown, text],
  );
  const [first, rest] = partAt(body, RENDERED);
  const name = file.split("/").at(-1) ?? file;
  return (
    <section aria-label={name}>
      <div className="mb-2 flex min-h-7 items-center gap-2 text-[0.8125rem] text-ink-faint">
        <FileText aria-hidden className="size-4 shrink-0" />
        <bdi className="min-w-0 flex-1 truncate font-mono text-xs">{visibleText(name)}</bdi>
        {isMarkdown && (
          <Button size="small" aria-pressed={isSource} onClick={() => setSource(!isSource)}>
            {isSource ? "Rendered" : "Source"}
          </Button>
        )}
      </div>
      {cut && (
        <p className="mb-3 rounded-md bg-warn-soft px-3 py-2 text-warn">
          The file is longer than what is shown here.
        </p>
      )}
      {isMarkdown && !isSource ? (
        <>
          <Frontmatter entries={entries} />
          <CatchCrash instead={<Source text={body} />}>
            <Suspense fallback={<ContentSkeleton />}>
              <Markdown text={first} />
            </Suspense>
            {rest !== "" && (
              <>
                <p className="mt-4 mb-2 text-ink-faint">The rest, as it stands in the file:</p>
                <Source text={rest} />
              </>
            )}
          </CatchCrash>
        </>
      ) : (
        <Source text={text} />
      )}
    </section>
  );
}

/** Parts a text at the end of a line, so that what is first is at most so long. */
function partAt(text: string, length: number): [string, string] {
  if (text.length <= length) return [text, ""];
  const end = text.lastIndexOf("\n", length) + 1 || length;
  return [text.slice(0, end), text.slice(end)];
}

/** What a file says of itself before its text; its tags, name and description stand above already. */
function Frontmatter({ entries }: { readonly entries: readonly FrontmatterEntry[] }) {
  const others = entries.filter(
    ({ key }) => !["name", "title", "description", "tags"].includes(key),
  );
  if (others.length === 0) return null;
  return (
    <div tabIndex={0} className="mb-4 overflow-x-auto rounded-md border border-line">
      <table className="w-full text-[0.8125rem]">
        <caption className="sr-only">What the file says of itself</caption>
        <tbody>
          {others.map(({ key, value }, index) => (
            <tr key={`${key} ${index}`} className="border-b border-line last:border-0">
              <th
                scope="row"
                className="w-1/4 px-3 py-1.5 text-left align-top font-medium text-ink-soft"
              >
                {visibleText(key)}
              </th>
              <td dir="auto" className="px-3 py-1.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
                {value}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Source({ text }: { readonly text: string }) {
  return (
    <pre
      dir="auto"
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {text}
    </pre>
  );
}

function ContentSkeleton() {
  return (
    <Skeletons>
      <div className="space-y-2.5">
        <Skeleton className="h-5 w-1/2" />
        <Skeleton className="h-4" />
        <Skeleton className="h-4" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    </Skeletons>
  );
}
