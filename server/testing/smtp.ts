import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";

export type Received = { from: string; to: string[]; source: string };

/** What to answer a command with, where it is not to be taken: `451 later`. */
export type Refuse = (command: string) => string | undefined;

export type SmtpServer = {
  url: string;
  received: Received[];
  /** Every command, as it came. */
  heard: string[];
  refuse: Refuse;
  close(): Promise<void>;
};

/** A mail server in a few lines, spoken to over a real socket. It takes every mail, unless it is told to refuse. */
export async function openSmtp(): Promise<SmtpServer> {
  const lines = new Set<Socket>();
  const server = createServer((socket) => {
    lines.add(socket);
    socket.once("close", () => lines.delete(socket));
    socket.on("error", () => undefined);
    converse(socket, smtp);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  const smtp: SmtpServer = {
    url: `smtp://127.0.0.1:${port}`,
    received: [],
    heard: [],
    refuse: () => undefined,
    close: () => {
      for (const socket of lines) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  return smtp;
}

const ANSWERS: Record<string, string> = { EHLO: "250 parley.test", HELO: "250 parley.test", QUIT: "221 bye" };
const END_OF_MAIL = "\r\n.\r\n";

function converse(socket: Socket, smtp: SmtpServer): void {
  let unread = "";
  let mail: Received | undefined;
  let envelope: Received = { from: "", to: [], source: "" };
  const say = (line: string) => socket.write(`${line}\r\n`);

  const obey = (command: string): void => {
    smtp.heard.push(command);
    const refusal = smtp.refuse(command);
    if (refusal) return void say(refusal);
    const verb = command.slice(0, 4).toUpperCase();
    const address = /<([^>]*)>/.exec(command)?.[1] ?? "";
    if (verb === "MAIL") envelope = { from: address, to: [], source: "" };
    if (verb === "RCPT") envelope.to.push(address);
    if (verb === "DATA") mail = envelope;
    say(verb === "DATA" ? "354 go on" : (ANSWERS[verb] ?? "250 ok"));
  };

  socket.on("data", (chunk) => {
    unread += chunk.toString("latin1");
    for (;;) {
      const end = unread.indexOf(mail ? END_OF_MAIL : "\r\n");
      if (end < 0) return;
      const text = unread.slice(0, end);
      unread = unread.slice(end + (mail ? END_OF_MAIL.length : 2));
      if (!mail) {
        obey(text);
        continue;
      }
      const refusal = smtp.refuse("the mail");
      if (!refusal) smtp.received.push({ ...mail, source: text.replaceAll("\r\n..", "\r\n.") });
      mail = undefined;
      say(refusal ?? "250 taken");
    }
  });
  say("220 parley.test");
}

export type Part = { type: string; text: string };

/** The bodies of a mail that says the same in several ways, by their types. */
export function partsOf(source: string): Part[] {
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1];
  if (!boundary) throw new Error("The mail has one part only");
  return source
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = "", ...body] = part.trimStart().split("\r\n\r\n");
      const type = /content-type:\s*([\w/]+)/i.exec(head)?.[1] ?? "";
      return { type, text: decode(body.join("\r\n\r\n"), /content-transfer-encoding:\s*(\S+)/i.exec(head)?.[1]) };
    });
}

function decode(body: string, encoding = "7bit"): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body
    .replaceAll("=\r\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
