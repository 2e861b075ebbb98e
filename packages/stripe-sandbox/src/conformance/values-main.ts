// `npm run values`: run it after an update of the `stripe` package. It writes http/stripe-values.json and
// http/stripe-fields.json from the package's types.
import Stripe from "stripe";
import { writeFiles } from "./values";

writeFiles(new Stripe("sk_test_none"));
