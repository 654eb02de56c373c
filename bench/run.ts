import { apiCall } from "./api-call";
import { call } from "./call";
import { charge } from "./charge";
import { keyCheck } from "./key-check";
import { ledger } from "./ledger";
import { localStripe } from "./local-stripe";
import { relay } from "./relay";
import { webhooks } from "./webhooks";

const BENCHES: Record<string, () => Promise<void>> = {
  "api-call": apiCall,
  call,
  "key-check": keyCheck,
  ledger,
  charge,
  webhooks,
  "local-stripe": localStripe,
  relay,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(", ")}. There are: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  await bench();
}
process.exit(0);
