import { encode } from "next-auth/jwt";
import { beforeEach, expect, test, vi } from "vitest";
import { provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import { loginCookieName, readLoginCookie } from "./cookie";

const secret = "a-secret-for-cookies-and-for-nothing-else";
const claims = { loginId: newId("login"), userId: newId("user") };
const token = () => encode({ token: { sid: claims.loginId, uid: claims.userId }, secret });

const at = (publicUrl: string) => {
  vi.stubEnv("PUBLIC_URL", publicUrl);
  vi.stubEnv("NEXTAUTH_SECRET", secret);
  provide({});
};

beforeEach(() => provide({}));

test("over TLS the cookie has the name that only this host over TLS can set, and no other is read", async () => {
  at("https://parley.example");
  expect(loginCookieName()).toBe("__Host-next-auth.session-token");
  expect(await readLoginCookie(`other=1; __Host-next-auth.session-token=${await token()}`)).toEqual(claims);
  for (const name of ["next-auth.session-token", "__Secure-next-auth.session-token", "__host-next-auth.session-token"])
    expect(await readLoginCookie(`${name}=${await token()}`)).toBeUndefined();
});

test("on a plain connection it is the plain name", async () => {
  at("http://localhost:3000");
  expect(await readLoginCookie(`next-auth.session-token=${await token()}`)).toEqual(claims);
  expect(await readLoginCookie(`__Host-next-auth.session-token=${await token()}`)).toBeUndefined();
});

test("a token in pieces is put together; one that is cut, forged or empty is nobody's", async () => {
  at("https://parley.example");
  const name = "__Host-next-auth.session-token";
  const whole = await token();
  const pieces = `${name}.1=${whole.slice(20)}; ${name}.0=${whole.slice(0, 20)}`;
  expect(await readLoginCookie(pieces)).toEqual(claims);
  const forged = await encode({ token: { sid: claims.loginId, uid: claims.userId }, secret: `${secret}-not` });
  for (const value of [whole.slice(0, -2), forged, ""])
    expect(await readLoginCookie(`${name}=${value}`)).toBeUndefined();
  expect(await readLoginCookie(null)).toBeUndefined();
});
