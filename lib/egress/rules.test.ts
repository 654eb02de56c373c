import { expect, test } from "vitest";
import { judgeUrl, mayReach, type Policy } from "./rules";

const production: Policy = { plainHttp: false, loopback: false };
const local: Policy = { plainHttp: true, loopback: false };
const open: Policy = { plainHttp: true, loopback: true };

test.each([
  ["this network", "0.0.0.0"],
  ["private, class A", "10.0.0.1"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["carrier-grade NAT, where a cloud has its metadata", "100.100.100.200"],
  ["loopback", "127.0.0.1"],
  ["loopback, its far end", "127.255.255.254"],
  ["link-local, where clouds have their metadata", "169.254.169.254"],
  ["private, class B", "172.16.0.1"],
  ["private, class B, its far end", "172.31.255.255"],
  ["protocol assignments", "192.0.0.192"],
  ["examples", "192.0.2.1"],
  ["private, class C", "192.168.1.1"],
  ["benchmarks", "198.18.0.1"],
  ["multicast", "224.0.0.1"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["a cloud's wire server", "168.63.129.16"],
  ["unspecified, IPv6", "::"],
  ["loopback, IPv6", "::1"],
  ["link-local, IPv6", "fe80::1"],
  ["link-local with a zone", "fe80::1%eth0"],
  ["unique local", "fd00:ec2::254"],
  ["multicast, IPv6", "ff02::1"],
  ["IPv4-mapped loopback", "::ffff:127.0.0.1"],
  ["IPv4-mapped loopback, in hex", "::ffff:7f00:1"],
  ["IPv4-mapped public address", "::ffff:8.8.8.8"],
  ["IPv4-compatible", "::7f00:1"],
  ["IPv4 translated", "64:ff9b::7f00:1"],
  ["6to4 of loopback", "2002:7f00:1::1"],
  ["Teredo", "2001:0:7f00:1::1"],
  ["examples, IPv6", "2001:db8::1"],
  ["site-local", "fec0::1"],
  ["not an address", "127.1"],
])("does not reach %s", (_, address) => {
  expect(mayReach(address, production)).toBe(false);
});

test("reaches what is public", () => {
  for (const address of ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450::1"])
    expect(mayReach(address, production), address).toBe(true);
});

test("reaches loopback only where the operator of a local Parley says so, and no other private place even then", () => {
  for (const address of ["127.0.0.1", "::1"]) {
    expect(mayReach(address, local), address).toBe(false);
    expect(mayReach(address, open), address).toBe(true);
  }
  for (const address of ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fd00::1", "0.0.0.0"])
    expect(mayReach(address, open), address).toBe(false);
});

test.each([
  ["decimal host", "https://2130706433/"],
  ["decimal host of a public address", "https://134744072/"],
  ["octal host", "https://0177.0.0.1/"],
  ["hex host", "https://0x7f000001/"],
  ["hex in parts", "https://0x7f.1/"],
  ["short form", "https://127.1/"],
  ["full-width digits", "https://１２７.0.0.1/"],
  ["mapped IPv6", "https://[::ffff:127.0.0.1]/"],
  ["loopback, IPv6", "https://[::1]/"],
  ["metadata", "https://169.254.169.254/latest/meta-data"],
  ["localhost", "https://localhost/"],
  ["localhost, rooted", "https://localhost./"],
  ["below localhost", "https://hooks.localhost/"],
  ["an internal name", "https://metadata.google.internal/"],
  ["a single label", "https://intranet/"],
  ["a name with a rooted end", "https://printer.local./"],
  ["credentials", "https://user:word@hooks.example.com/"],
  ["an empty user", "https://@hooks.example.com/"],
  ["a host behind a sign", "https://hooks.example.com@127.0.0.1/"],
  ["plain http", "http://hooks.example.com/"],
  ["another scheme", "ftp://hooks.example.com/"],
  ["gopher", "gopher://hooks.example.com/"],
  ["a file", "file:///etc/passwd"],
  ["script", "javascript:alert(1)"],
  ["ssh's port", "https://hooks.example.com:22/"],
  ["a database's port", "https://hooks.example.com:5432/"],
  ["port nought", "https://hooks.example.com:0/"],
  ["a backslash", "https://hooks.example.com\\@127.0.0.1/"],
  ["a tab inside", "https://hooks.exa\tmple.com/"],
  ["a line break", "https://hooks.example.com/\r\nHost: x"],
  ["not an address at all", "hooks.example.com"],
  ["nothing", ""],
  ["a very long one", `https://hooks.example.com/${"a".repeat(2_000)}`],
])("refuses %s, in production and here alike", (_, text) => {
  expect(judgeUrl(text, production)).toMatchObject({ allowed: false, why: expect.stringMatching(/\.$/) });
  if (!text.startsWith("http://")) expect(judgeUrl(text, local).allowed).toBe(false);
});

test("takes https by name and by public address, on its two ports", () => {
  for (const text of [
    "https://hooks.example.com/parley?x=1",
    "HTTPS://Hooks.Example.COM:443/",
    "https://hooks.example.com:8443/a",
    "https://münchen.example.com/",
    "https://93.184.216.34/hook",
    "https://[2606:2800:220:1::1]/hook",
  ])
    expect(judgeUrl(text, production), text).toMatchObject({ allowed: true });
});

test("with the operator's word, takes this machine by its usual names, on ports that need no rights", () => {
  for (const text of [
    "http://localhost:9000/",
    "http://127.0.0.1:9000/",
    "http://[::1]:9000/",
    "https://localhost:9000/",
  ]) {
    expect(judgeUrl(text, open), text).toMatchObject({ allowed: true });
    expect(judgeUrl(text, local), text).toMatchObject({ allowed: false });
  }
  for (const text of [
    "http://localhost:22/",
    "http://2130706433:9000/",
    "http://10.0.0.1:9000/",
    "http://hooks.example.com:9000/",
  ])
    expect(judgeUrl(text, open), text).toMatchObject({ allowed: false });
});
