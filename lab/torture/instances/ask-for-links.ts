// Asks both servers for sign-in links at the same moment, and counts the mails of both together.
import { setTimeout as delay } from "node:timers/promises";
import { withConcurrency } from "../with-concurrency";
import type { Instance } from "./instance";
import type { TrialResult } from "./main";

/** The limits of links in systems/auth/link-limits.ts, in a quarter of an hour. */
const LIMITS = { address: 12, client: 10 };
const QUIET_MS = 6_000;

export async function askBothForLinks(both: Instance[]): Promise<TrialResult> {
  // First one address for many clients, then one client for many addresses. No gift belongs to these addresses.
  const oneAddress = Array.from({ length: 20 }, (_, n) => ({
    email: "rosa@example.org",
    client: `203.0.113.${n + 1}`,
  }));
  const oneClient = Array.from({ length: 60 }, (_, n) => ({
    email: `made-up-${n}@example.org`,
    client: "198.51.100.7",
  }));
  await requestLinks([...oneAddress, ...oneClient], both);
  await untilQuiet(both);
  const mails = mailsTo(both);
  const ofAddress = mails.filter((to) => to === "rosa@example.org").length;
  const ofClient = mails.filter((to) => to.startsWith("made-up-")).length;
  return {
    rows: [
      [
        `sign-in links for one address, requested ${oneAddress.length} times at both (limit: ${LIMITS.address})`,
        ofAddress,
      ],
      [`sign-in links for one client, requested ${oneClient.length} times at both (limit: ${LIMITS.client})`, ofClient],
    ],
    differences: [
      ...(ofAddress === LIMITS.address ? [] : [`one address got ${ofAddress} links`]),
      ...(ofClient === LIMITS.client ? [] : [`one client got ${ofClient} links`]),
    ],
  };
}

/** Sends the requests to the two servers in turn, 16 at a time. */
async function requestLinks(requests: { email: string; client: string }[], both: Instance[]): Promise<void> {
  await withConcurrency(
    requests.entries(),
    async ([n, { email, client }]) => {
      const headers = { "x-forwarded-for": client, "sec-fetch-site": "same-origin" };
      const body = new URLSearchParams({ email, next: "/supporters" });
      const address = both[n % both.length]?.address;
      const response = await fetch(`${address}/sign-in/send`, { method: "POST", redirect: "manual", headers, body });
      if (response.status !== 303) throw new Error(`a request for a link was answered ${response.status}`);
    },
    16,
  );
}

async function untilQuiet(both: Instance[]): Promise<void> {
  for (let seen = -1; seen !== mailsTo(both).length; await delay(QUIET_MS)) seen = mailsTo(both).length;
}

/** Returns the recipient of each mail in both inboxes. */
function mailsTo(both: Instance[]): string[] {
  return both
    .flatMap(({ inbox }) => inbox.mails)
    .map((mail) => /^to: *(.+?)\r?$/im.exec(mail)?.[1]?.replace(/[<>]/g, "") ?? "");
}
