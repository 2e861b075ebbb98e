// The measuring sticks: a Next app that has nothing but two webhook routes. Built by webpack: Turbopack takes the proxy.ts and
// instrumentation.ts of the folder with the lock file, which are the site's.

/** @type {import("next").NextConfig} */
export default { poweredByHeader: false, serverExternalPackages: ["better-sqlite3"] };
