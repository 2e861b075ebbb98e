import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/** Runs only the browser tests that start their own Stripe stand-in. They do not need a built site. */
const { projects: _, ...shared } = journeys;

export default defineConfig({ ...shared, testMatch: "the-stand-in-*.spec.ts", webServer: undefined });
