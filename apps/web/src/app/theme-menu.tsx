import { useStore } from "../api/store.ts";
import { MenuAt, MenuChoice } from "../ui/menu.tsx";
import type { Opened } from "../ui/opener.tsx";
import { chooseTheme, theme, type Theme } from "./theme.ts";

/** The looks that a page can have. */
export function ThemeMenu({ anchor, onClose }: Opened) {
  return (
    <MenuAt anchor={anchor} label="How the page looks" onClose={onClose} finalFocus={() => anchor}>
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
    </MenuAt>
  );
}
