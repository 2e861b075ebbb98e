import { defineConfig } from "@playwright/test";
import journeys from "./playwright.config";

/**
 * Runs only the browser tests of the Stripe stand-in's pages, which need no built site. The stand-in must already
 * listen on the second port in JOURNEY_PORTS (playwright.config.ts).
 */
const { projects: _, ...shared } = journeys;

export default defineConfig({ ...shared, testMatch: "the-stand-in-*.spec.ts", webServer: undefined });
