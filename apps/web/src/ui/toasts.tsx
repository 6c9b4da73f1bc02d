import { lazy, Suspense } from "react";
import type { toast as Toast } from "sonner";
import { isDark } from "../app/theme.ts";
import { createStore, useStore } from "../api/store.ts";

const Toaster = lazy(async () => ({ default: (await import("sonner")).Toaster }));

/** What else a message says, and what it offers to do. */
export interface ToastOptions {
  readonly description?: string;
  readonly action?: { readonly label: string; readonly onClick: () => void };
}

const isNeeded = createStore(false);

/** Tells a person something in passing. */
export function tell(text: string, options: ToastOptions = {}): void {
  void show((toast) => toast(text, options));
}

/** Tells a person what went wrong. */
export function tellWrong(text: string, options: ToastOptions = {}): void {
  void show((toast) => toast.error(text, options));
}

/** What shows messages is loaded with the first one. */
async function show(work: (toast: typeof Toast) => void): Promise<void> {
  isNeeded.set(true);
  work((await import("sonner")).toast);
}

/** Where messages appear; once on a page. */
export function Toasts() {
  const dark = useStore(isDark);
  if (!useStore(isNeeded)) return null;
  return (
    <Suspense>
      <Toaster
        theme={dark ? "dark" : "light"}
        position="bottom-right"
        // There the links to the pages are below.
        mobileOffset={{ bottom: "4.5rem" }}
        toastOptions={{ duration: 6_000 }}
      />
    </Suspense>
  );
}
