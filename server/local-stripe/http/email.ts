import { refused } from "./errors";
import { type Field, text } from "./params";

export const emailAddress = (): Field<string> => ({
  read(raw, path) {
    const address = text(512).read(raw, path);
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(address))
      throw refused(`Invalid email address: ${address}`, { code: "email_invalid", param: path });
    return address;
  },
});
