import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { once } from "@/lib/once";

const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

type Tally = { count: number };

/** Every number this process shows to a scraper. Labels are templates and names, never ids. */
export const metrics = () =>
  once("metrics", () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const requestSeconds = new Histogram({
      name: "http_server_request_duration_seconds",
      help: "How long a request took, by route template",
      labelNames: ["http_request_method", "http_route", "http_response_status_code"],
      buckets: DURATION_BUCKETS,
      registers: [registry],
    });
    const sockets = new Gauge({ name: "socket_connections", help: "Open sockets", registers: [registry] });
    const { socketEvents, answersTo } = countOfEvents(registry);
    const mails = new Counter({
      name: "mails_total",
      help: "Mails handed on, put off until later, and given up",
      labelNames: ["outcome"],
      registers: [registry],
    });
    const transfers = new Counter({
      name: "ledger_transfers_total",
      help: "Transfers that this process put into the chain, by kind",
      labelNames: ["kind"],
      registers: [registry],
    });
    const violations = new Gauge({
      name: "ledger_invariant_violations",
      help: "What the last check of the books found wrong, by check",
      labelNames: ["check"],
      registers: [registry],
    });
    const failedEvents = new Gauge({
      name: "stripe_events_failed",
      help: "What Stripe told and nobody here could work off, at the last look",
      registers: [registry],
    });
    return { registry, requestSeconds, sockets, socketEvents, answersTo, mails, transfers, violations, failedEvents };
  });

/** What is answered well is tallied beside the counter and put into it when it is read: that costs next to nothing. */
function countOfEvents(registry: Registry) {
  const answered = new Map<string, Tally>();
  const socketEvents = new Counter({
    name: "socket_events_total",
    help: "What was asked over sockets, by event and by how it was answered",
    labelNames: ["event", "outcome"],
    registers: [registry],
    collect() {
      for (const [event, tally] of answered) {
        this.inc({ event, outcome: "ok" }, tally.count);
        tally.count = 0;
      }
    },
  });
  const answersTo = (event: string): Tally => {
    const tally = answered.get(event) ?? { count: 0 };
    answered.set(event, tally);
    return tally;
  };
  return { socketEvents, answersTo };
}
