// Writes http/stripe-values.json and http/stripe-fields.json from the official package's types: `npm run values`, after an update of the package.
import Stripe from "stripe";
import { writeFiles } from "./values";

writeFiles(new Stripe("sk_test_none"));
