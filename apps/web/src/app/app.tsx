import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { queryClient } from "../api/client.ts";
import { connection, followChanges } from "../api/live.ts";
import { useStore } from "../api/store.ts";
import { Announcer } from "../ui/announce.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { RefusedPage } from "./problem-pages.tsx";
import { router } from "./router.tsx";

/** The whole app. */
export function App() {
  useEffect(followChanges, []);
  useEffect(loadAgainOnceBack, []);
  const isRefused = useStore(connection, (now) => now === "refused");
  return (
    <QueryClientProvider client={queryClient}>
      {/* What is on the page stays, so that nothing half written is lost. */}
      <div className="h-full" inert={isRefused}>
        <RouterProvider router={router} />
      </div>
      {isRefused && (
        <main className="fixed inset-0 z-50 overflow-y-auto bg-canvas">
          <RefusedPage />
        </main>
      )}
      <Toasts />
      <Announcer />
    </QueryClientProvider>
  );
}

/** A page that could not be loaded for want of a connection is loaded once there is one. */
function loadAgainOnceBack(): () => void {
  return connection.follow(() => {
    const isFailed = router.state.matches.some(({ status }) => status === "error");
    if (connection.get() === "open" && isFailed) void router.invalidate();
  });
}
