import type { Page } from "./world";

export async function attachVirtualAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const list = async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  return {
    list,
    async empty() {
      const credentials = await list();
      await session.send("WebAuthn.clearCredentials", { authenticatorId });
      return credentials;
    },
    async put(credentials: Awaited<ReturnType<typeof list>>) {
      for (const credential of credentials)
        await session.send("WebAuthn.addCredential", { authenticatorId, credential });
    },
  };
}
