import { Skeleton, Skeletons } from "../ui/skeleton.tsx";

const ROWS = ["w-40", "w-56", "w-32", "w-48", "w-36", "w-60", "w-44", "w-52"];

/** What stands in for the list while it is asked for. */
export function ListSkeleton() {
  return (
    <Skeletons>
      {ROWS.map((width) => (
        <div key={width} className="flex h-13 items-center gap-3 border-b border-line px-4">
          <Skeleton className="size-4" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </Skeletons>
  );
}
