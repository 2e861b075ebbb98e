import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { findFirstBrokenAuditLogNumber } from "@/domain/newsroom/staff/acts";
import { listAddressesWithRight, listDailySummaryRecipients } from "@/domain/newsroom/staff/colleague-list";
import { removeOrReinstateRootColleagues } from "@/domain/newsroom/staff/colleagues";
import type { Role } from "@/domain/staff-role";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { applyActionToColleague } from "@/systems/auth/manage-staff";
import { keyedHashOfAuditEntry, staffChangeContext } from "@/systems/auth/staff";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { identityCrypto } from "@/systems/identity";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { type StaffBrowser, showPage, submitForm } from "@/systems/testing/staff-browser";
import { testIndependentOfDatabase } from "@/tools/test/full-run";
import { POST as chooseLanguage } from "../../account/language/route";
import AccountPage from "../../account/page";
import { POST as chooseSummary } from "../../account/summary/route";
import IncomePage from "../../income/page";
import SettingsPage from "../page";
import { POST as inviteAgain } from "./[id]/invite-again/route";
import ColleaguePage from "./[id]/page";
import { POST as remove } from "./[id]/remove/route";
import { POST as resetFactor } from "./[id]/reset-factor/route";
import { POST as changeRole } from "./[id]/role/route";
import { POST as invite } from "./route";

const ROOT = "editor@example.org";
const ANNA = "anna@example.org";
Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_colleagues",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: ROOT,
});
const DAY_MS = 86_400_000;
const START = new Date("2026-11-27T09:00:00Z");

let db: Db;
let desk: StaffBrowser;
beforeAll(() => vi.useFakeTimers({ now: START, toFake: ["Date"] }));
beforeEach(async () => {
  vi.setSystemTime(START);
  env().STAFF_EMAILS = [ROOT];
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  await signInAs(ROOT);
});
afterEach(async () => {
  expect(await findFirstBrokenAuditLogNumber(db, keyedHashOfAuditEntry)).toBeNull();
});
afterAll(() => {
  vi.useRealTimers();
});

async function signInAs(email: string): Promise<void> {
  desk = { session: await signInForTests(db, email, { codeAgeMinutes: 0 }), note: "" };
}

/** Adds a colleague who has accepted an invitation. Returns their e-mail address. */
async function addColleague(id: string, role: Role): Promise<string> {
  const email = `${id}@example.org`;
  const address = identityCrypto().sealAddress(email);
  if (!address) throw new Error(`${email} is not a valid e-mail address`);
  await db.staff.create({ data: { ...address, id, role, since: START, acceptedAt: START, invitedUntil: START } });
  return email;
}

async function text(page: Parameters<typeof showPage>[1], options?: Parameters<typeof showPage>[2]): Promise<string> {
  const shown = await showPage(desk, page, options);
  return typeof shown === "object" && "text" in shown ? shown.text : JSON.stringify(shown);
}

const press = (route: Parameters<typeof submitForm<{ id: string }>>[1], id: string, fields = {}) =>
  submitForm(desk, route, { fields, params: { id } });
const inviting = (email: string, role: string) => submitForm(desk, invite, { fields: { email, role } });
const mails = async () =>
  (await db.outboxMail.findMany({ where: { kind: "staff-news" }, orderBy: { queuedAt: "asc" } })).map(
    ({ values, toSealed }) => ({ ...JSON.parse(values), to: identityCrypto().open(toSealed) }),
  );
const findId = async (email: string) =>
  (await db.staff.findUniqueOrThrow({ where: { emailHash: identityCrypto().hashOf(email) ?? "" } })).id;

testIndependentOfDatabase(
  "an invited editor gets an e-mail and the rights of the role, and the log records who invited them",
  async () => {
    expect(await inviting(" Anna@Example.org ", "editor")).toBe("/newsroom/settings");
    const page = await text(SettingsPage);
    expect(page).toContain("The invitation is on its way.");
    expect(page).toMatch(/anna@example\.org editor Invited/);
    expect(await mails()).toMatchObject([
      { news: "invited", role: "editor", to: ANNA, until: "2026-12-04T09:00:00.000Z" },
    ]);
    await signInAs(ANNA);
    expect(await text(IncomePage)).toContain("Money received");
    expect(await showPage(desk, SettingsPage)).toBe("not found");
    const id = await findId(ANNA);
    const act = { by: await findId(ROOT), role: "admin", kind: "colleague-invited", about: `staff:${id}` };
    expect(await db.act.findMany()).toMatchObject([{ ...act, after: '{"role":"editor"}' }]);
    expect(JSON.stringify(await db.act.findMany())).not.toMatch(/anna|@/);
  },
);

testIndependentOfDatabase.each([
  ["an invalid e-mail address", "anna", "editor", "That is not an email address."],
  ["no role", ANNA, "", "Choose a role."],
  ["a role that does not exist", ANNA, "owner", "Choose a role."],
  ["an address in STAFF_EMAILS", ROOT, "editor", "This address is invited already"],
])("refuses an invitation with %s, and keeps what was typed", async (_, email, role, reason) => {
  await inviting(email, role);
  const shown = await showPage(desk, SettingsPage);
  expect(shown).toMatchObject({
    html: expect.stringContaining(`value="${email}"`),
    text: expect.stringContaining(reason),
  });
  expect(await mails()).toEqual([]);
});

testIndependentOfDatabase("an e-mail address is invited only once", async () => {
  await inviting(ANNA, "editor");
  await inviting(ANNA, "admin");
  expect(await text(SettingsPage)).toContain("This address is invited already");
  expect(await mails()).toHaveLength(1);
  expect((await db.staff.findUniqueOrThrow({ where: { id: await findId(ANNA) } })).role).toBe("editor");
});

testIndependentOfDatabase("an invitation expires after a week, and is valid again once it is repeated", async () => {
  await inviting(ANNA, "viewer");
  const id = await findId(ANNA);
  vi.setSystemTime(START.getTime() + 7 * DAY_MS);
  await signInAs(ANNA);
  expect(await showPage(desk, IncomePage)).toBe("not found");
  await signInAs(ROOT);
  expect(await text(SettingsPage)).toMatch(/anna@example\.org viewer Invitation ended/);
  await press(inviteAgain, id);
  await press(inviteAgain, id);
  expect(await text(ColleaguePage, { params: { id } })).toContain("The invitation is on its way again.");
  await signInAs(ANNA);
  expect(await text(IncomePage)).toContain("Money received");
  expect((await mails()).map(({ until }) => until)).toEqual(["2026-12-04T09:00:00.000Z", "2026-12-11T09:00:00.000Z"]);
});

test("an invitation with a role that this version does not know is not mailed again until an admin chooses one", async () => {
  await inviting(ANNA, "editor");
  const id = await findId(ANNA);
  await db.staff.update({ where: { id }, data: { role: "auditor" } });
  vi.setSystemTime(START.getTime() + 120_000);
  await press(inviteAgain, id);
  expect(await text(ColleaguePage, { params: { id } })).toContain("Choose a role.");
  expect(await mails()).toHaveLength(1);
  await press(changeRole, id, { role: "care" });
  await press(inviteAgain, id);
  expect((await mails()).map(({ news, role }) => [news, role])).toEqual([
    ["invited", "editor"],
    ["role-changed", "care"],
    ["invited", "care"],
  ]);
});

test("a double click mails an invitation once, even at the end of a minute, and a click after a minute mails it again", async () => {
  await inviting(ANNA, "viewer");
  const id = await findId(ANNA);
  for (const seconds of [119.9, 120.1, 179.8]) {
    vi.setSystemTime(START.getTime() + seconds * 1000);
    await press(inviteAgain, id);
  }
  expect(await mails()).toHaveLength(2);
  vi.setSystemTime(START.getTime() + 180_000);
  await press(inviteAgain, id);
  expect(await mails()).toHaveLength(3);
});

testIndependentOfDatabase(
  "a new role is effective from the next request, and the colleague gets an e-mail",
  async () => {
    const email = await addColleague("care", "care");
    await press(changeRole, "care", { role: "admin" });
    await press(changeRole, "care", { role: "admin" });
    expect(await mails()).toMatchObject([{ news: "role-changed", role: "admin", to: email }]);
    const changed = { kind: "role-changed", before: '{"role":"care"}', after: '{"role":"admin"}' };
    expect(await db.act.findMany()).toMatchObject([changed]);
    await signInAs(email);
    expect(await text(SettingsPage)).toContain("Colleagues");
  },
);

testIndependentOfDatabase(
  "a removed colleague is signed out everywhere, gets an e-mail, and can be invited again under the same id",
  async () => {
    const email = await addColleague("care", "care");
    const laptop = await signInForTests(db, email, { codeAgeMinutes: 0 });
    const phone = await signInForTests(db, email, { codeAgeMinutes: 0 });
    expect(await press(remove, "care")).toBe("/newsroom/settings");
    expect(await text(SettingsPage)).toContain("The colleague is removed, and signed out everywhere.");
    for (const session of [laptop, phone]) {
      desk = { session, note: "" };
      expect(await showPage(desk, IncomePage)).toEqual({ to: expect.stringMatching(/^\/sign-in\?/) });
    }
    await signInAs(email);
    expect(await showPage(desk, IncomePage)).toBe("not found");
    await signInAs(ROOT);
    await inviting(email, "viewer");
    expect(await findId(email)).toBe("care");
    expect((await mails()).map(({ news }) => news)).toEqual(["removed", "invited"]);
  },
);

testIndependentOfDatabase("the last admin can neither be removed nor get another role", async () => {
  env().STAFF_EMAILS = [];
  const email = await addColleague("only", "admin");
  await addColleague("care", "care");
  await signInAs(email);
  // Somebody who was invited as an admin, but has never signed in, does not count as the second admin and cannot invite
  // anyone.
  await inviting(ANNA, "admin");
  for (const [route, fields] of [
    [remove, {}],
    [changeRole, { role: "viewer" }],
  ] as const) {
    await press(route, "only", fields);
    expect(await text(ColleaguePage, { params: { id: "only" } })).toContain("This is the last admin.");
  }
  expect(await db.staff.findUnique({ where: { id: "only" } })).toMatchObject({ role: "admin", until: null });
  await addColleague("second", "admin");
  await press(remove, "only");
  expect(await db.staff.findUnique({ where: { id: "only" } })).toMatchObject({ until: START });
});

test("if two admins remove each other at the same time, one stays", async () => {
  env().STAFF_EMAILS = [];
  await addColleague("first", "admin");
  await addColleague("second", "admin");
  const by = (id: string) => ({ colleague: { id, role: "admin" as const } });
  const done = await Promise.all([
    applyActionToColleague(db, by("first"), { id: "second", verb: "remove" }),
    applyActionToColleague(db, by("second"), { id: "first", verb: "remove" }),
  ]);
  expect(done.map(({ kind }) => kind).sort()).toEqual(["refused", "removed"]);
});

testIndependentOfDatabase("an address in STAFF_EMAILS cannot be removed or changed here", async () => {
  await text(SettingsPage);
  const id = await findId(ROOT);
  for (const route of [remove, changeRole]) {
    await press(route, id, { role: "viewer" });
    expect(await text(ColleaguePage, { params: { id } })).toContain("Change it there.");
  }
  expect(await mails()).toEqual([]);
});

testIndependentOfDatabase(
  "an address that is removed from STAFF_EMAILS loses access at once, and can be invited",
  async () => {
    expect(await text(SettingsPage)).toMatch(/editor@example\.org \(you\) admin Named in the site’s settings/);
    env().STAFF_EMAILS = ["second@example.org"];
    expect(await showPage(desk, IncomePage)).toBe("not found");
    await signInAs("second@example.org");
    expect(await text(SettingsPage)).toMatch(/editor@example\.org admin Removed/);
    // At its next start, the site records the date of the removal. The row's retention period begins on this date.
    await removeOrReinstateRootColleagues(db, staffChangeContext());
    expect(await db.staff.findUnique({ where: { id: await findId(ROOT) } })).toMatchObject({ until: START });
    await inviting(ROOT, "viewer");
    await signInAs(ROOT);
    expect(await text(IncomePage)).toContain("Money received");
    expect(await showPage(desk, SettingsPage)).toBe("not found");
  },
);

testIndependentOfDatabase(
  "a reset of the second factor removes the app, ends every session, and is mailed to the colleague",
  async () => {
    const email = await addColleague("care", "care");
    const session = await signInForTests(db, email, { codeAgeMinutes: 0 });
    await db.staffFactor.create({ data: { staffId: "care", secretSealed: "sealed", lastStep: 0, since: START } });
    await db.recoveryCode.create({ data: { codeHash: "hash", staffId: "care", madeAt: START } });
    await press(resetFactor, "care");
    expect(await text(ColleaguePage, { params: { id: "care" } })).toContain("Their second factor is reset");
    desk = { session, note: "" };
    expect(await showPage(desk, IncomePage)).toEqual({ to: expect.stringMatching(/^\/sign-in\?/) });
    desk = { session: await signInForTests(db, email), note: "" };
    expect(await showPage(desk, IncomePage)).toEqual({ to: expect.stringMatching(/^\/newsroom\/code\/set-up\?/) });
    expect(await db.recoveryCode.count()).toBe(0);
    expect(await mails()).toMatchObject([{ news: "factor-reset", to: email }]);
  },
);

testIndependentOfDatabase(
  "e-mail about the queue goes to colleagues with that right, and the daily summary to those who chose it",
  async () => {
    const care = await addColleague("care", "care");
    await addColleague("viewer", "viewer");
    await inviting(ANNA, "care");
    const identity = identityCrypto();
    const opened = (addresses: { emailSealed: string }[]) =>
      addresses.map(({ emailSealed }) => identity.open(emailSealed));
    expect(opened(await listAddressesWithRight(db, "queue", staffChangeContext())).sort()).toEqual([care, ROOT]);
    expect(await listDailySummaryRecipients(db, staffChangeContext())).toEqual([]);
    await signInAs(care);
    await submitForm(desk, chooseSummary, { fields: { wanted: "yes" } });
    expect(opened(await listDailySummaryRecipients(db, staffChangeContext()))).toEqual([care]);
    // A later version of the site could have stored a role that this version does not know.
    await db.staff.updateMany({ where: { emailHash: identity.hashOf(care) ?? "" }, data: { role: "auditor" } });
    expect(opened(await listAddressesWithRight(db, "queue", staffChangeContext()))).toEqual([ROOT]);
    expect(await listDailySummaryRecipients(db, staffChangeContext())).toEqual([]);
  },
);

testIndependentOfDatabase(
  "a colleague chooses the language of their own pages and e-mails, and of nobody else's",
  async () => {
    Object.assign(publication, { languages: ["en", "ru"] });
    onTestFinished(() => void Object.assign(publication, { languages: ["en"] }));
    const [care, viewer] = [await addColleague("care", "care"), await addColleague("viewer", "viewer")];
    const choosing = (language: string) => submitForm(desk, chooseLanguage, { fields: { language } });
    await signInAs(care);
    await choosing("xx");
    expect(await text(AccountPage)).toContain("These pages are in English.");
    expect(await choosing("ru")).toBe("/newsroom/account");
    expect(await text(AccountPage)).toContain("Эти страницы — на русском.");
    const queue = await listAddressesWithRight(db, "queue", staffChangeContext());
    expect(new Map(queue.map(({ emailSealed, language }) => [identityCrypto().open(emailSealed), language]))).toEqual(
      new Map([
        [care, "ru"],
        [ROOT, null],
      ]),
    );
    await signInAs(viewer);
    expect(await text(AccountPage)).toContain("These pages are in English.");
    await signInAs(ROOT);
    await press(resetFactor, "care");
    await press(resetFactor, "viewer");
    const news = await db.outboxMail.findMany({ where: { kind: "staff-news" } });
    expect(new Map(news.map(({ toSealed, locale }) => [identityCrypto().open(toSealed), locale]))).toEqual(
      new Map([
        [care, "ru"],
        [viewer, "en"],
      ]),
    );
  },
);

testIndependentOfDatabase(
  "an invitation that was sent with an expired code is filled in again after a new code",
  async () => {
    desk = { session: await signInForTests(db, ROOT, { codeAgeMinutes: 11 }), note: "" };
    expect(await inviting(ANNA, "care")).toMatch(/^\/newsroom\/code/);
    expect(await mails()).toEqual([]);
    await db.session.updateMany({ data: { secondFactorAt: START } });
    const shown = await showPage(desk, SettingsPage);
    expect(shown).toMatchObject({
      html: expect.stringContaining(`value="${ANNA}"`),
      text: expect.stringContaining("A new code was needed first"),
    });
  },
);
