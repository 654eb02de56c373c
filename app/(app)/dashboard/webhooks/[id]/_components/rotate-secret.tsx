"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { EndpointDialog } from "../../_components/endpoint-dialog";
import type { EndpointRow } from "../../_components/endpoint-row";
import { rotateSecretAction } from "../../actions";

const OVERLAPS = [
  { value: "24", label: "Signs for 24 more hours" },
  { value: "1", label: "Signs for 1 more hour" },
  { value: "72", label: "Signs for 3 more days" },
  { value: "0", label: "Ends now: somebody else may have it" },
];

export const RotateSecret = ({ row, onRotated }: { row: EndpointRow; onRotated: (secret: string) => void }) => (
  <EndpointDialog
    title="Rotate the secret"
    description="A new secret takes the place of the old one. Until the old one ends, every request carries both signatures."
    action="Rotate secret"
    pending="Rotating"
    save={(form) => rotateSecretAction({ id: row.id, overlapHours: Number(form.get("overlap")) })}
    onDone={({ secret }) => onRotated(secret)}
  >
    {() => (
      <Field label="The old secret">
        <Select name="overlap" options={OVERLAPS} />
      </Field>
    )}
  </EndpointDialog>
);
