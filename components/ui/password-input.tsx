"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { controlClass } from "./control-style";
import { useFieldProps } from "./field";

export function PasswordInput({ className, id, required, ...rest }: Omit<ComponentProps<"input">, "type">) {
  const field = useFieldProps({ id, required });
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;

  return (
    <span className="relative block">
      <input
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className={controlClass(`pr-12 ${className ?? ""}`)}
        {...field}
        {...rest}
      />
      <button
        type="button"
        aria-label={shown ? "Hide the password" : "Show the password"}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-control text-ink-soft hover:text-ink"
      >
        <Icon aria-hidden="true" className="size-[18px]" strokeWidth={1.6} />
      </button>
    </span>
  );
}
