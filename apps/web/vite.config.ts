import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** The server behind `npm run dev`, which names both. */
const { SKILLMEAT_SERVER: server = "http://127.0.0.1:7420", SKILLMEAT_TOKEN: token = "" } =
  process.env;

export default defineConfig({
  plugins: [react(), tailwind(), withoutOwnStyles()],
  // Vite's own conditions have to be listed with ours.
  resolve: { conditions: ["@skillmeat/source", "module", "browser", "development|production"] },
  build: { target: "es2023", assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: {
    host: "127.0.0.1",
    proxy: {
      // To the server a call has to look as if its own page made it.
      "/trpc": {
        target: server,
        changeOrigin: true,
        headers: { origin: server, authorization: `Bearer ${token}` },
      },
    },
  },
});

/** Sonner puts its styles into the page by a script, which the page's policy forbids; they are imported as a file. */
function withoutOwnStyles(): Plugin {
  return {
    name: "sonner-styles-as-a-file",
    transform(code, id) {
      if (!id.includes("/sonner/dist/")) return null;
      return code.replace(/^__insertCSS\(".*"\);$/m, "");
    },
  };
}
