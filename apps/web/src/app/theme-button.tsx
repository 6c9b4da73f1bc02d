import { Monitor, Moon, Sun } from "lucide-react";
import { lazy } from "react";
import { useStore } from "../api/store.ts";
import { Button } from "../ui/button.tsx";
import { Opener } from "../ui/opener.tsx";
import { theme } from "./theme.ts";

const ICONS = { light: Sun, dark: Moon, system: Monitor } as const;

const load = () => import("./theme-menu.tsx");
const ThemeMenu = lazy(async () => ({ default: (await load()).ThemeMenu }));

/** How the page looks, and the way to another look. */
export function ThemeButton() {
  const Icon = ICONS[useStore(theme)];
  const button = (
    // On a narrow screen the palette has it.
    <Button size="icon" className="hidden sm:inline-flex" aria-label="How the page looks">
      <Icon />
    </Button>
  );
  return (
    <Opener button={button} popup="menu" load={load}>
      {(opened) => <ThemeMenu {...opened} />}
    </Opener>
  );
}
