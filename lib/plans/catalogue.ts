import { dollars, type Micros } from "@/lib/money";

export const PLAN_FAMILIES = ["rooms", "compute", "gateway"] as const;
/** One active subscription per family; a bare plan name means the family of the address it was sent to. */
export type PlanFamily = (typeof PLAN_FAMILIES)[number];

export const BILLING_INTERVALS = ["month", "year"] as const;
export type BillingInterval = (typeof BILLING_INTERVALS)[number];

export type RoomsPlan = {
  id: "rooms-starter" | "rooms-professional" | "rooms-enterprise";
  family: "rooms";
  name: string;
  monthlyPrice: Micros;
  yearlyPrice: Micros | null;
  limits: { roomsPerPeriod: number; participantsPerRoom: number; minutesPerPeriod: number };
  video: "hd";
  branding: "parley" | "custom" | "white-label";
  support: "guides" | "priority-email" | "phone";
  hasDedicatedSupport: boolean;
};

export type ComputePlan = {
  id: "compute-free" | "compute-professional" | "compute-enterprise";
  family: "compute";
  name: string;
  monthlyPrice: Micros;
  yearlyPrice: Micros | null;
  limits: { cores: number; memoryGb: number; storageGb: number };
};

export type GatewayPlan = {
  id: "gateway";
  family: "gateway";
  name: string;
  monthlyPrice: Micros;
  yearlyPrice: null;
  /** The operator may set both; these are the prices without a setting. */
  pricePerCall: Micros;
  freeCallsPerMonth: number;
};

export type Plan = RoomsPlan | ComputePlan | GatewayPlan;
export type PlanId = Plan["id"];

export const roomsPlans: readonly [RoomsPlan, RoomsPlan, RoomsPlan] = [
  {
    id: "rooms-starter",
    family: "rooms",
    name: "Starter",
    monthlyPrice: dollars("29"),
    yearlyPrice: dollars("290"),
    limits: { roomsPerPeriod: 5, participantsPerRoom: 10, minutesPerPeriod: 1_000 },
    video: "hd",
    branding: "parley",
    support: "guides",
    hasDedicatedSupport: false,
  },
  {
    id: "rooms-professional",
    family: "rooms",
    name: "Professional",
    monthlyPrice: dollars("99"),
    yearlyPrice: dollars("990"),
    limits: { roomsPerPeriod: 25, participantsPerRoom: 50, minutesPerPeriod: 5_000 },
    video: "hd",
    branding: "custom",
    support: "priority-email",
    hasDedicatedSupport: false,
  },
  {
    id: "rooms-enterprise",
    family: "rooms",
    name: "Enterprise",
    monthlyPrice: dollars("299"),
    yearlyPrice: dollars("2990"),
    limits: { roomsPerPeriod: 100, participantsPerRoom: 200, minutesPerPeriod: 20_000 },
    video: "hd",
    branding: "white-label",
    support: "phone",
    hasDedicatedSupport: true,
  },
];

export const computePlans: readonly ComputePlan[] = [
  {
    id: "compute-free",
    family: "compute",
    name: "Free",
    monthlyPrice: dollars("0"),
    yearlyPrice: null,
    limits: { cores: 2, memoryGb: 4, storageGb: 10 },
  },
  {
    id: "compute-professional",
    family: "compute",
    name: "Professional",
    monthlyPrice: dollars("29.99"),
    yearlyPrice: dollars("299.90"),
    limits: { cores: 8, memoryGb: 16, storageGb: 100 },
  },
  {
    id: "compute-enterprise",
    family: "compute",
    name: "Enterprise",
    monthlyPrice: dollars("99.99"),
    yearlyPrice: dollars("999.90"),
    limits: { cores: 32, memoryGb: 64, storageGb: 500 },
  },
];

export const gatewayPlan: GatewayPlan = {
  id: "gateway",
  family: "gateway",
  name: "Gateway",
  monthlyPrice: dollars("0"),
  yearlyPrice: null,
  pricePerCall: dollars("0.001"),
  freeCallsPerMonth: 1_000,
};

export const plans: readonly Plan[] = [...roomsPlans, ...computePlans, gatewayPlan];

export const findPlan = (id: string): Plan | undefined => plans.find((plan) => plan.id === id);

/** What a plan's price is called at Stripe. It stays when the amount changes. */
export type PriceKey = `${PlanId}-${BillingInterval}`;

export const priceKey = (plan: PlanId, interval: BillingInterval): PriceKey => `${plan}-${interval}`;

/** What running work costs without a plan, and above one in hybrid mode. */
export const computeRates = {
  coreHour: dollars("0.05"),
  gigabyteHour: dollars("0.01"),
  gigabyteMonth: dollars("0.10"),
} as const;

export type PackageNumber = 1 | 2 | 3 | 4;

export type CreditPackage = {
  id: PackageNumber;
  name: string;
  price: Micros;
  credits: number;
  bonusCredits: number;
  isBestValue: boolean;
};

export const creditPackages: readonly CreditPackage[] = [
  { id: 1, name: "Starter", price: dollars("9.99"), credits: 50, bonusCredits: 0, isBestValue: false },
  { id: 2, name: "Pro", price: dollars("24.99"), credits: 150, bonusCredits: 10, isBestValue: true },
  { id: 3, name: "Business", price: dollars("79.99"), credits: 500, bonusCredits: 50, isBestValue: false },
  { id: 4, name: "Enterprise", price: dollars("299.99"), credits: 2_000, bonusCredits: 200, isBestValue: false },
];

export const signUpCredits = 10;

/** Credits for a minute of video. */
export const creditsPerMinute = { "720p": 5, "1080p": 8 } as const;

/** Credits added once to a video, whatever its length. */
export const creditsPerExtra = { customMusic: 2, premiumVoice: 3, aiEnhancement: 4 } as const;

/** What a provider keeps of every session and gift; the platform takes the remainder. */
export const providerBasisPoints = 7_000;

export const exampleRatePerMinute = dollars("6.99");
