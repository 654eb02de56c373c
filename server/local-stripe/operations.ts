import { alertWork } from "./alerts/check";
import { alertOperations } from "./alerts/operations";
import { couponIncludes, couponOperations } from "./catalogue/coupons";
import { priceIncludes, priceOperations } from "./catalogue/prices";
import { productOperations } from "./catalogue/products";
import { checkoutBrowserOperations } from "./checkout/browser-operations";
import { checkoutIncludes, checkoutOperations, checkoutWork } from "./checkout/operations";
import { accountOperations } from "./connect/account-operations";
import { balanceOperations, balanceWork } from "./connect/balance-operations";
import { settingsOperations } from "./connect/balance-settings";
import { capabilityOperations } from "./connect/capability-operations";
import { externalOperations } from "./connect/external-operations";
import { feeOperations } from "./connect/fee-operations";
import { payoutWork } from "./connect/payout";
import { topupWork } from "./connect/topup";
import { topupOperations } from "./connect/topup-operations";
import { transferOperations } from "./connect/transfer-operations";
import { creditOperations } from "./credits/operations";
import { customerIncludes } from "./customers/includes";
import { customerOperations } from "./customers/operations";
import { customerSessionOperations } from "./customers/session-operations";
import { destinationOperations } from "./events/destination-operations";
import { eventOperations } from "./events/operations";
import { thinOperations } from "./events/thin-operations";
import type { Includes } from "./http/expand";
import type { Operation } from "./http/operation";
import { draftOperations } from "./invoices/draft-operations";
import { invoiceWork } from "./invoices/due";
import { invoiceItemOperations } from "./invoices/items";
import { invoiceLineOperations } from "./invoices/line-operations";
import { invoiceIncludes, invoiceOperations } from "./invoices/operations";
import { invoicePaymentOperations } from "./invoices/payment-operations";
import { meterWork } from "./meters/errors";
import { meterOperations, streamOperation } from "./meters/operations";
import { chargeWork, newChargeOperations } from "./payments/charge-operations";
import { confirmationOperations } from "./payments/confirmation-token";
import { disputeOperations } from "./payments/disputes";
import { paymentWork } from "./payments/due";
import { intentOperations } from "./payments/intent-operations";
import { methodOperations } from "./payments/method-operations";
import { chargeIncludes, chargeOperations, refundOperations } from "./payments/refund-operations";
import { setupOperations } from "./payments/setup-operations";
import { portalOperations } from "./portal/operations";
import { scheduleOperations, scheduleWork } from "./schedules/operations";
import type { Work } from "./store/run-due";
import { subscriptionWork } from "./subscriptions/due";
import { subscriptionItemOperations } from "./subscriptions/item-operations";
import { subscriptionOperations } from "./subscriptions/operations";
import { pauseOperations } from "./subscriptions/pause-operations";
import { previewOperations } from "./subscriptions/preview";
import { taxOperations } from "./taxes/operations";
import { clockOperations } from "./test-clocks/operations";

export const operations: Operation[] = [
  ...customerOperations,
  ...customerSessionOperations,
  ...productOperations,
  ...priceOperations,
  ...couponOperations,
  ...taxOperations,
  ...methodOperations,
  ...confirmationOperations,
  ...intentOperations,
  ...setupOperations,
  ...newChargeOperations,
  ...chargeOperations,
  ...refundOperations,
  ...disputeOperations,
  ...balanceOperations,
  ...accountOperations,
  ...settingsOperations,
  ...capabilityOperations,
  ...externalOperations,
  ...feeOperations,
  ...transferOperations,
  ...topupOperations,
  ...eventOperations,
  ...destinationOperations,
  ...thinOperations,
  ...alertOperations,
  ...draftOperations,
  ...invoiceOperations,
  ...invoicePaymentOperations,
  ...invoiceLineOperations,
  ...invoiceItemOperations,
  ...subscriptionOperations,
  ...pauseOperations,
  ...subscriptionItemOperations,
  ...previewOperations,
  ...scheduleOperations,
  ...checkoutOperations,
  ...checkoutBrowserOperations,
  ...portalOperations,
  ...meterOperations,
  ...creditOperations,
  streamOperation,
  ...clockOperations,
];

export const includes: Includes = {
  ...customerIncludes,
  ...priceIncludes,
  ...couponIncludes,
  ...chargeIncludes,
  ...invoiceIncludes,
  ...checkoutIncludes,
};

export const work: Work = {
  ...paymentWork,
  ...chargeWork,
  ...invoiceWork,
  ...subscriptionWork,
  ...scheduleWork,
  ...balanceWork,
  ...alertWork,
  ...meterWork,
  ...payoutWork,
  ...topupWork,
  ...checkoutWork,
};
