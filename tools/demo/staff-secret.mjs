// Everybody can read this secret, so the demo uses it only in a ledger with the Stripe stand-in.

export const STAFF_SECRET = "APPEAL2DEMO2APPEAL2DEMO2APPEAL2D";
