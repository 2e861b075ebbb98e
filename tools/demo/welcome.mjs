import { bold, dim } from "../run/console.mjs";
import { inboxUrl } from "../run/stack.mjs";
import { STAFF_AUTHENTICATOR_SECRET } from "./staff-secret.mjs";

export const SUPPORTER_EMAIL = "supporter@example.org";

const CARDS = [
  ["4242 4242 4242 4242", "paid"],
  ["4000 0000 0000 0002", "declined"],
  ["4000 0000 0000 9995", "declined: insufficient funds"],
  ["4000 0000 0000 3220", "asks for 3-D Secure"],
];

/** @param {import("../run/settings.mjs").Stack} stack */
export function printWelcome({ settings, usesStandIn, usesInbox }) {
  const staff = settings.STAFF_EMAILS.split(/[\s,]+/)[0];
  const lines = [
    "",
    bold("Appeal is running."),
    "",
    `  The site        ${settings.SITE_URL}`,
    usesStandIn
      ? `  Stripe stand-in ${settings.STRIPE_API_BASE}`
      : "  Stripe          your own account (STRIPE_SECRET_KEY); the stand-in is not started",
    usesInbox
      ? `  Mail inbox      ${inboxUrl(settings)}`
      : "  Mail            your own server (SMTP_URL); the inbox is not started",
    "",
    ...(usesStandIn
      ? [...cardLines(), ...timeLines(settings)]
      : ["  Point your Stripe webhook endpoint, or `stripe listen`, at /api/stripe/webhook.", ""]),
    bold("  Sign in"),
    `    as a supporter  ${settings.SITE_URL}/sign-in with ${usesStandIn ? SUPPORTER_EMAIL : "the e-mail address of your gift"}`,
    `    as staff        ${settings.SITE_URL}/sign-in?next=/newsroom with ${staff}`,
    `    The link comes by mail${usesInbox ? `: ${inboxUrl(settings)}` : ""}.`,
    ...(usesStandIn
      ? [
          `    The newsroom also asks for a code: npm run ${bold("demo:code")} prints it. For an app: ${STAFF_AUTHENTICATOR_SECRET}`,
        ]
      : []),
    "",
    dim("  Ctrl-C stops everything. The next start keeps the data; npm run demo -- --fresh starts over."),
    "",
  ];
  console.log(lines.join("\n"));
}

/** @param {import("../run/settings.mjs").StackSettings} settings */
function timeLines({ STRIPE_API_BASE }) {
  return [
    bold("  Time") + dim("  (the site uses the stand-in's clock)"),
    `    ${STRIPE_API_BASE} moves the clock by an hour, a day, a month, or to the next renewal. Each customer`,
    "    and subscription has a page there: its payments, its portal, and a button that makes its next renewal fail.",
    "",
  ];
}

function cardLines() {
  return [
    bold("  Test cards") + dim("  (any future date, any CVC; no real money)"),
    ...CARDS.map(([number, outcome]) => `    ${number}   ${outcome}`),
    "",
  ];
}
