import { noSuch, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, must, parts, type Read, text, yesNo } from "../http/params";
import { newStripeId, randomText } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

import { changeFeatures, features, noFeatures } from "./features";
import { flowData, flowOf } from "./flow";

type Configuration = Kinds["billing_portal.configuration"];

const facts = {
  ...{
    business_profile: parts({
      headline: clearable(text(60)),
      privacy_policy_url: text(),
      terms_of_service_url: text(),
    }),
    default_return_url: clearable(text()),
  },
  ...{
    features: parts(features),
    login_page: parts({ enabled: must(yesNo()) }),
    metadata: metadata(),
    name: clearable(text()),
  },
};

export const portalOperations = [
  operation({
    on: "POST /v1/billing_portal/configurations",
    params: { ...facts, features: must(parts(features)) },
    async run({ space, params }) {
      const [first] = await space.select("billing_portal.configuration", { limit: 1 });
      const configuration = space.add<"billing_portal.configuration">({
        ...{
          id: newStripeId("bpc"),
          object: "billing_portal.configuration",
          active: true,
          application: null,
          created: space.now,
          is_default: first === undefined,
        },
        ...{
          business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
          default_return_url: null,
          features: noFeatures(),
        },
        ...{ livemode: false, login_page: { enabled: false, url: null }, metadata: {}, name: null, updated: space.now },
      });
      change(configuration, params);
      space.announce("billing_portal.configuration.created", configuration);
      return configuration;
    },
  }),
  operation({
    on: "POST /v1/billing_portal/configurations/{id}",
    params: { ...facts, active: yesNo() },
    async run({ space, params, id }) {
      const configuration = await space.get("billing_portal.configuration", id);
      if (params.active !== undefined) configuration.active = params.active;
      change(configuration, params);
      configuration.updated = space.now;
      space.announceChange("billing_portal.configuration.updated", configuration);
      return configuration;
    },
  }),
  operation({
    on: "GET /v1/billing_portal/configurations/{id}",
    run: ({ space, id }) => space.get("billing_portal.configuration", id),
  }),
  listing({
    on: "GET /v1/billing_portal/configurations",
    kind: "billing_portal.configuration",
    undated: true,
    filters: { active: yesNo(), is_default: yesNo() },
    where: ({ active, is_default }) => [
      ...(active === undefined ? [] : [{ at: "active", is: active }]),
      ...(is_default === undefined ? [] : [{ at: "is_default", is: is_default }]),
    ],
  }),
  operation({
    on: "POST /v1/billing_portal/sessions",
    params: {
      configuration: text(),
      customer: text(),
      flow_data: flowData(),
      locale: text(),
      on_behalf_of: text(),
      return_url: text(),
    },
    async run({ space, params }) {
      const customer = params.customer === undefined ? undefined : await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer ?? "", "customer");
      const configuration = await configurationOf(space, params.configuration);
      const session = space.add<"billing_portal.session">({
        ...{
          id: newStripeId("bps"),
          object: "billing_portal.session",
          configuration: configuration.id,
          created: space.now,
          customer: customer.id,
        },
        ...{ customer_account: null, flow: await flowOf(space, params.flow_data, customer.id), livemode: false },
        ...{ locale: (params.locale ?? null) as Kinds["billing_portal.session"]["locale"], on_behalf_of: null }, // the list is open
        ...{
          return_url: params.return_url ?? configuration.default_return_url,
          url: `${space.origin()}/p/session/test_${randomText(40)}`,
        },
      });
      space.announce("billing_portal.session.created", session);
      return session;
    },
  }),
];

async function configurationOf(space: Space, id: string | undefined): Promise<Configuration> {
  if (id !== undefined) {
    const found = await space.find("billing_portal.configuration", id);
    if (found) return found;
    throw noSuch("configuration", id, "configuration");
  }
  const [standard] = await space.select("billing_portal.configuration", {
    where: [{ at: "is_default", is: true }],
    limit: 1,
  });
  if (standard) return standard;
  throw refused(
    "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode.",
  );
}

function change(configuration: Configuration, params: Partial<Read<typeof facts>>): void {
  if (params.features) changeFeatures(configuration.features, params.features);
  if (params.default_return_url !== undefined) configuration.default_return_url = params.default_return_url;
  if (params.name !== undefined) configuration.name = params.name;
  if (params.business_profile) {
    const { headline, privacy_policy_url, terms_of_service_url } = params.business_profile;
    configuration.business_profile = {
      headline: headline ?? null,
      privacy_policy_url: privacy_policy_url ?? null,
      terms_of_service_url: terms_of_service_url ?? null,
    };
  }
  configuration.metadata = mergeMetadata(configuration.metadata, params.metadata);
}
