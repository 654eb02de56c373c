import { metadata } from "../http/metadata";
import { list, must, oneOf, parts, type Read, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";

type Session = Kinds["checkout.session"];

const consentFacts = {
  payment_method_reuse_agreement: parts({ position: must(oneOf("auto", "hidden")) }),
  promotions: oneOf("auto", "none"),
  terms_of_service: oneOf("none", "required"),
};
export const consent = () => parts(consentFacts);

const savedFacts = {
  allow_redisplay_filters: list(oneOf("always", "limited", "unspecified"), 3),
  payment_method_remove: oneOf("disabled", "enabled"),
  payment_method_save: oneOf("disabled", "enabled"),
};
export const savedMethods = () => parts(savedFacts);

const invoiceFacts = {
  enabled: must(yesNo()),
  invoice_data: parts({ description: text(), footer: text(), metadata: metadata() }),
};
export const invoiceCreation = () => parts(invoiceFacts);

type Wishes = {
  consent_collection?: Read<typeof consentFacts> | undefined;
  invoice_creation?: Read<typeof invoiceFacts> | undefined;
  locale?: string | undefined;
  mode: Session["mode"];
  saved_payment_method_options?: Read<typeof savedFacts> | undefined;
};

/** What a session shows again of how its page was wished for. */
export function shownWishes({ consent_collection: asked, locale, mode, ...wished }: Wishes): Partial<Session> {
  const { saved_payment_method_options: saved, invoice_creation: invoice } = wished;
  return {
    ...(locale !== undefined && { locale: locale as Session["locale"] }), // Stripe's list of languages is open
    ...(asked && {
      consent_collection: {
        payment_method_reuse_agreement: asked.payment_method_reuse_agreement ?? null,
        promotions: asked.promotions ?? null,
        terms_of_service: asked.terms_of_service ?? null,
      },
    }),
    ...(saved && {
      saved_payment_method_options: {
        allow_redisplay_filters: saved.allow_redisplay_filters ?? null,
        payment_method_remove: saved.payment_method_remove ?? null,
        payment_method_save: saved.payment_method_save ?? null,
      },
    }),
    ...(mode === "payment" && { invoice_creation: invoiceShown(invoice) }),
  };
}

const invoiceShown = (wanted: Wishes["invoice_creation"]): Session["invoice_creation"] => ({
  enabled: wanted?.enabled ?? false,
  invoice_data: {
    ...{ account_tax_ids: null, custom_fields: null, description: wanted?.invoice_data?.description ?? null },
    ...{ footer: wanted?.invoice_data?.footer ?? null, issuer: null, metadata: wanted?.invoice_data?.metadata ?? null },
    rendering_options: null,
  },
});
