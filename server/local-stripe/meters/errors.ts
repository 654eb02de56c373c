import type { Work } from "../store/run-due";
import type { Space } from "../store/space";

const EVERY_SECONDS = 300;
const MOST_SAMPLES = 10;
export const REFUSED = "refused:";

type Row = { meter: string; event_name: string; identifier: string };

const MESSAGES: Record<string, string> = {
  meter_event_customer_not_found: "The customer of the event does not exist.",
  meter_event_invalid_value: "The value of the event is not a number.",
  meter_event_no_customer_defined: "The event does not say whose usage it is.",
  meter_event_value_too_many_digits: "The value of the event has more than 12 decimal places.",
  no_meter: "No meter counts events of this name.",
};

/** What could not be counted is reported some minutes later, many at a time. */
export function reportSoon(space: Space): void {
  const at = (Math.floor(space.now / EVERY_SECONDS) + 1) * EVERY_SECONDS;
  space.schedule("meter_errors", String(at), at);
}

export const meterWork: Work = {
  async meter_errors(space, ref) {
    const end = Number(ref);
    const rows = await space.sql<Row[]>`
      select meter, event_name, identifier from stripe_local.meter_events
      where account = ${space.account} and meter like ${`${REFUSED}%`} and received >= ${end - EVERY_SECONDS} and received < ${end} order by seq`;
    const lost = rows.filter(({ meter }) => codeOf(meter) === "no_meter");
    if (lost.length > 0) space.announceThin("v1.billing.meter.no_meter_found", { data: report(lost, end) });
    for (const name of new Set(rows.map(({ event_name }) => event_name))) {
      const wrong = rows.filter(({ event_name, meter }) => event_name === name && codeOf(meter) !== "no_meter");
      const [meter] = await space.select("billing.meter", { where: [{ at: "event_name", is: name }], limit: 1 });
      if (wrong.length === 0 || !meter) continue;
      const related = { id: meter.id, type: "billing.meter", url: `/v1/billing/meters/${meter.id}` };
      space.announceThin("v1.billing.meter.error_report_triggered", { related, data: report(wrong, end) });
    }
  },
};

const codeOf = (meter: string): string => meter.slice(REFUSED.length);
const iso = (at: number): string => new Date(at * 1_000).toISOString();

function report(rows: Row[], end: number): Record<string, unknown> {
  const codes = [...new Set(rows.map(({ meter }) => codeOf(meter)))];
  return {
    developer_message_summary: `There ${rows.length === 1 ? "is 1 invalid event" : `are ${rows.length} invalid events`}`,
    reason: {
      error_count: rows.length,
      error_types: codes.map((code) => {
        const those = rows.filter(({ meter }) => codeOf(meter) === code);
        return {
          code,
          error_count: those.length,
          sample_errors: those.slice(0, MOST_SAMPLES).map(({ identifier }) => ({
            error_message: MESSAGES[code] ?? code,
            request: { identifier },
          })),
        };
      }),
    },
    validation_end: iso(end),
    validation_start: iso(end - EVERY_SECONDS),
  };
}
