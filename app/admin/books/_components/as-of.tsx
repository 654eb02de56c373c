import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/control-style";

/** A day to look back to. Sent as an address, so that what is seen can be shown to somebody else. */
export const AsOf = ({ day, today }: { day: string | undefined; today: string }) => (
  <form className="flex flex-wrap items-center gap-2">
    <label htmlFor="as-of" className="text-ink-faint">
      As of the end of
    </label>
    <span className="w-40">
      <input
        id="as-of"
        name="day"
        type="date"
        max={today}
        defaultValue={day ?? today}
        className={controlClass("tabular-nums")}
      />
    </span>
    <Button type="submit" variant="line" size="small">
      Show
    </Button>
  </form>
);
