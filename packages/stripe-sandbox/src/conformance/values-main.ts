// `npm run values` writes stripe-values.json and stripe-fields.json. Run it after an update of the `stripe` package.
import Stripe from "stripe";
import { writeStripeTypesAsJson } from "./values";

writeStripeTypesAsJson(new Stripe("sk_test_none"));
