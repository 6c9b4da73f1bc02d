import { TypeIcon } from "./artifact-type.tsx";
import { countOf } from "./count-of.ts";
import { visibleText } from "./visible-text.ts";

/** What would be added, and what would not and why. */
export interface Preview {
  readonly found: readonly { readonly id: string; readonly from: string }[];
  readonly skipped: readonly { readonly from: string; readonly reason: string }[];
}

/** How many are listed one by one. */
const LISTED = 200;

/** Shows what a path holds, before it is added. */
export function AddPreview({ found, skipped }: Preview) {
  return (
    <div role="status" className="flex flex-col gap-3">
      <section>
        <h3 className="text-[0.8125rem] font-medium">
          {found.length === 0
            ? "Nothing new was found"
            : `${countOf(found.length, "artifact")} found`}
        </h3>
        <ul className="mt-1 max-h-52 overflow-y-auto rounded-md border border-line empty:hidden">
          {found.slice(0, LISTED).map(({ id, from }) => (
            <li key={`${id} ${from}`} className="border-b border-line px-2.5 py-1.5 last:border-0">
              <span className="flex items-center gap-2">
                <TypeIcon
                  type={id.split(":")[0] ?? ""}
                  className="size-4 shrink-0 text-ink-faint"
                />
                <bdi className="truncate font-medium">{visibleText(id)}</bdi>
              </span>
              <bdi className="block truncate pl-6 font-mono text-xs text-ink-faint">
                {visibleText(from)}
              </bdi>
            </li>
          ))}
        </ul>
        {found.length > LISTED && (
          <p className="mt-1 text-xs text-ink-faint">and {found.length - LISTED} more</p>
        )}
      </section>
      {skipped.length > 0 && (
        <section>
          <h3 className="text-[0.8125rem] font-medium">
            {countOf(skipped.length, "path")} left out
          </h3>
          <ul className="mt-1 max-h-32 space-y-1 overflow-y-auto text-[0.8125rem] text-ink-soft">
            {skipped.slice(0, LISTED).map(({ from, reason }) => (
              <li key={`${from} ${reason}`} className="[overflow-wrap:anywhere]">
                {visibleText(reason)}
                <bdi className="block font-mono text-xs text-ink-faint">{visibleText(from)}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
