import { Dialog } from "../ui/dialog.tsx";
import { KEY_GROUPS } from "./key-list.ts";

/** All keys, and what they do. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog isText open onClose={onClose} title="Keys">
      {KEY_GROUPS.map(({ title, keys }, index) => (
        <section key={title} aria-label={title} className={index === 0 ? "" : "mt-5"}>
          <h3 className="mb-1 text-xs font-semibold text-ink-faint">{title}</h3>
          <dl className="divide-y divide-line">
            {keys.map(({ keys: names, does }) => (
              <div key={does} className="flex items-center justify-between gap-4 py-1.5">
                <dt className="min-w-0">{does}</dt>
                <dd className="flex shrink-0 gap-1">
                  {names.map((name) => (
                    <Key key={name}>{name}</Key>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

/** A key as it looks. */
export function Key({ children }: { readonly children: string }) {
  return (
    <kbd className="min-w-6 rounded border border-line-strong bg-surface px-1.5 py-0.5 text-center font-sans text-xs text-ink-soft">
      {children}
    </kbd>
  );
}
