import { createStore } from "../api/store.ts";

/** Light, dark, or as the system has it. */
export type Theme = "light" | "dark" | "system";

const KEY = "theme";

export const theme = createStore<Theme>(readTheme());

/** Whether the page is dark now. */
export const isDark = createStore(document.documentElement.classList.contains("dark"));

/** Chooses how the page looks, for this browser. */
export function chooseTheme(choice: Theme): void {
  theme.set(choice);
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Where nothing can be stored the choice holds until the page is closed.
  }
  apply();
}

const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", apply);

function apply(): void {
  const choice = theme.get();
  const dark = choice === "dark" || (choice === "system" && system.matches);
  document.documentElement.classList.toggle("dark", dark);
  isDark.set(dark);
}

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}
