import { noSuch } from "../http/errors";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, parts, type Read, text, yesNo } from "../http/params";
import { randomText } from "../store/ids";

const onOff = () => oneOf("disabled", "enabled");
const enabled = { enabled: must(yesNo()) };
const redisplay = { payment_method_allow_redisplay_filters: list(oneOf("always", "limited", "unspecified"), 3) };
const components = {
  active_entitlements: parts(enabled),
  buy_button: parts(enabled),
  customer_portal: parts(enabled),
  customer_sheet: parts({
    ...enabled,
    features: parts({ ...redisplay, payment_method_remove: onOff() }),
  }),
  mobile_payment_element: parts({
    ...enabled,
    features: parts({
      ...{ ...redisplay, payment_method_redisplay: onOff(), payment_method_remove: onOff() },
      ...{ payment_method_save: onOff() },
      payment_method_save_allow_redisplay_override: oneOf("always", "limited", "unspecified"),
    }),
  }),
  payment_element: parts({
    ...enabled,
    features: parts({
      ...{ ...redisplay, payment_method_redisplay: onOff(), payment_method_redisplay_limit: clearable(integer()) },
      ...{ payment_method_remove: onOff(), payment_method_save: onOff() },
      payment_method_save_usage: oneOf("off_session", "on_session"),
    }),
  }),
  pricing_table: parts(enabled),
};
type Asked = Read<typeof components>;

const KEPT_SECONDS = 30 * 60;

export const customerSessionOperations = [
  operation({
    on: "POST /v1/customer_sessions",
    params: { components: must(parts(components)), customer: must(text()) },
    async run({ space, params }) {
      const customer = await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer, "customer");
      return {
        object: "customer_session",
        client_secret: `cuss_secret_${randomText(40)}`,
        components: shown(params.components),
        created: space.now,
        customer: customer.id,
        customer_account: null,
        expires_at: space.now + KEPT_SECONDS,
        livemode: false,
      };
    },
  }),
];

/** Everything there is, switched on or off. A feature nobody asked for is off. */
function shown(asked: Asked) {
  const plain = (part: { enabled: boolean } | undefined) => ({ enabled: part?.enabled ?? false });
  const filters = (features: { payment_method_allow_redisplay_filters?: string[] | undefined } | undefined) => ({
    payment_method_allow_redisplay_filters: features?.payment_method_allow_redisplay_filters ?? ["always"],
  });
  const { customer_sheet: sheet, mobile_payment_element: mobile, payment_element: element } = asked;
  const common = {
    payment_method_redisplay: element?.features?.payment_method_redisplay ?? "disabled",
    payment_method_remove: element?.features?.payment_method_remove ?? "disabled",
    payment_method_save: element?.features?.payment_method_save ?? "disabled",
  };
  return {
    active_entitlements: plain(asked.active_entitlements),
    buy_button: plain(asked.buy_button),
    customer_portal: plain(asked.customer_portal),
    customer_sheet: {
      ...plain(sheet),
      features: sheet?.enabled
        ? { ...filters(sheet.features), payment_method_remove: sheet.features?.payment_method_remove ?? null }
        : null,
    },
    mobile_payment_element: {
      ...plain(mobile),
      features: mobile?.enabled
        ? {
            ...filters(mobile.features),
            payment_method_redisplay: mobile.features?.payment_method_redisplay ?? null,
            payment_method_remove: mobile.features?.payment_method_remove ?? null,
            payment_method_save: mobile.features?.payment_method_save ?? null,
            payment_method_save_allow_redisplay_override:
              mobile.features?.payment_method_save_allow_redisplay_override ?? null,
          }
        : null,
    },
    payment_element: {
      ...plain(element),
      features: element?.enabled
        ? {
            ...{ ...filters(element.features), ...common },
            payment_method_redisplay_limit: element.features?.payment_method_redisplay_limit ?? null,
            payment_method_save_usage: element.features?.payment_method_save_usage ?? null,
          }
        : null,
    },
    pricing_table: plain(asked.pricing_table),
  };
}
