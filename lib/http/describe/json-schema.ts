import { z } from "zod";
import type { Schema } from "./shape";

/** What a caller sends is described as it is sent; what leaves is described as it leaves. */
export function jsonSchemaOf(type: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // The format says the same in one word.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
      // An answer may gain fields. Only input refuses what it does not know.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return schema as Schema; // zod types every keyword of every dialect; ours come out as this part of them
}
