import { useArtifactsSearch } from "./use-artifacts-search.ts";
import { ArtifactsScreen } from "./artifacts-screen.tsx";

/** The artifacts of a collection: found, filtered, arranged, and looked at. */
export function ArtifactsPage() {
  const { collection, search, patch } = useArtifactsSearch();
  // Of another collection nothing is selected, and nothing is open.
  return <ArtifactsScreen key={collection} collection={collection} search={search} patch={patch} />;
}
