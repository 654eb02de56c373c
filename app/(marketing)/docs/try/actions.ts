"use server";

import { z } from "zod";
import { openAction } from "@/lib/http/action";
import { openTrial } from "@/lib/rooms/trial";

export const openTrialAction = openAction(z.strictObject({}), openTrial);
