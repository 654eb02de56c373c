import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { once } from "@/lib/once";

const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

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
    const socketEvents = new Counter({
      name: "socket_events_total",
      help: "What was asked over sockets, by event and by how it was answered",
      labelNames: ["event", "outcome"],
      registers: [registry],
    });
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
    return { registry, requestSeconds, sockets, socketEvents, mails, transfers, violations, failedEvents };
  });
