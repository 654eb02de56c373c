import { Pause, Play, Unplug } from "lucide-react";
import { buttonClass } from "@/components/ui/button-style";
import { cx } from "@/components/ui/cx";

type ProofControlsProps = { line: "up" | "cut"; onLine: () => void; isOver: boolean; runs: boolean; onRun: () => void };

export function ProofControls({ line, onLine, isOver, runs, onRun }: ProofControlsProps) {
  const Icon = runs ? Pause : Play;
  return (
    <div className="flex gap-2">
      <button type="button" onClick={onLine} disabled={isOver} className={buttonClass({ variant: "line" })}>
        <Unplug aria-hidden="true" strokeWidth={1.6} />
        <span className="grid">
          <span className={cx("col-start-1 row-start-1", line === "cut" && "invisible")}>Cut Noor’s line</span>
          <span className={cx("col-start-1 row-start-1", line === "up" && "invisible")}>Bring it back</span>
        </span>
      </button>
      <button
        type="button"
        onClick={onRun}
        aria-label={runs ? "Stop the demonstration" : "Run the demonstration"}
        className={buttonClass({ variant: "line", size: "icon" })}
      >
        <Icon aria-hidden="true" strokeWidth={1.6} />
      </button>
    </div>
  );
}
