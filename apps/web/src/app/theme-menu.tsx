import type { ReactElement } from "react";
import { useStore } from "../api/store.ts";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import { chooseTheme, theme, type Theme } from "./theme.ts";

/** The looks that a page can have. */
export function ThemeMenu({ trigger }: { readonly trigger: ReactElement }) {
  return (
    <Menu defaultOpen trigger={trigger}>
      <MenuChoice<Theme>
        label="Theme"
        value={useStore(theme)}
        onChoose={chooseTheme}
        choices={[
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
          { value: "system", label: "As the system" },
        ]}
      />
    </Menu>
  );
}
