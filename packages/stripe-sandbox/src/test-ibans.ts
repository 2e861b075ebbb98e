// Stripe's published test IBANs for SEPA debits.
import { afterBankDays, minutesToSeconds } from "./bank-days";

export type TestIban = {
  iban: string;
  country: string;
  bankCode: string;
  outcome: "settles" | "bounces" | "settles_then_disputed";
  /** The time that the bank takes to decide. */
  takes: "a_moment" | "minutes" | "bank_days";
};

type Known = [iban: string, outcome: TestIban["outcome"], takes: TestIban["takes"]];

/** Debits of the Austrian and Italian accounts succeed or bounce at once, as `stripe trigger` expects. */
const KNOWN: Known[] = [
  ["DE89370400440532013000", "settles", "bank_days"],
  ["DE08370400440532013003", "settles", "minutes"],
  ["DE62370400440532013001", "bounces", "bank_days"],
  ["DE78370400440532013004", "bounces", "minutes"],
  ["DE35370400440532013002", "settles_then_disputed", "bank_days"],
  ["AT611904300234573201", "settles", "a_moment"],
  ["AT861904300235473202", "bounces", "a_moment"],
  ["IT60X0542811101000000123456", "bounces", "a_moment"],
];

const BANK_DAYS = 5;

export const TEST_IBANS: TestIban[] = KNOWN.map(([iban, outcome, takes]) => ibanOf(iban, outcome, takes));

/**
 * Returns the test account with this IBAN. For any other valid IBAN, returns an account whose debits bounce at once;
 * for an invalid one, null.
 */
export function findTestIban(typed: string): TestIban | null {
  const iban = typed.replace(/\s/g, "").toUpperCase();
  const entry = TEST_IBANS.find((candidate) => candidate.iban === iban);
  if (entry) return entry;
  // An IBAN that is not a test IBAN can belong to a real account. So the returned account has only the country and the
  // last four characters of this IBAN.
  return isIban(iban) ? ibanOf(`${iban.slice(0, 2)}00000000000000${iban.slice(-4)}`, "bounces", "a_moment") : null;
}

function ibanOf(iban: string, outcome: TestIban["outcome"], takes: TestIban["takes"]): TestIban {
  return { iban, country: iban.slice(0, 2), bankCode: iban.slice(4, 12), outcome, takes };
}

/**
 * Checks the IBAN as ISO 13616 describes. Moves the first four characters to the end, and replaces letters by the
 * numbers 10 to 35. The resulting number modulo 97 must be 1.
 */
function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((sign) => Number.parseInt(sign, 36)).join("");
  return BigInt(digits) % 97n === 1n;
}

/** Returns when the bank decides a debit of this account, in Unix seconds. */
export function bankDecidesAt({ takes }: TestIban, from: number): number {
  if (takes === "a_moment") return from;
  return takes === "minutes" ? from + minutesToSeconds(3) : afterBankDays(from, BANK_DAYS);
}
