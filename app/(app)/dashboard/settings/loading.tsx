import { Skeleton } from "@/components/ui/skeleton";

const lines = ["name", "address", "since", "role"];

export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="max-w-[760px]">
      <div className="text-25">
        <Skeleton className="w-52" />
      </div>
      <div className="mt-5 border-t border-ink">
        {lines.map((line) => (
          <div key={line} className="flex items-center justify-between gap-6 border-b border-rule py-5">
            <Skeleton className="w-2/5" />
            <Skeleton className="w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
