"use server";

import { publicAction } from "@/lib/http/action";
import { unsubscribe } from "@/lib/notifications/change-preference";
import { Unsubscribe } from "@/lib/notifications/schema";

export const unsubscribeAction = publicAction(Unsubscribe, unsubscribe);
