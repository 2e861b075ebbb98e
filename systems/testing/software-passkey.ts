// A passkey in software. Its responses are as a browser would send them.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

const IS_PRESENT = 0x01;
const HAS_KEY = 0x40;

type Options = { challenge: string };
/** `site`: the origin of the page that asks for the passkey. */
type Asked = { options: Options; site?: string; counter?: number };

export function createSoftwarePasskey(site = "http://localhost:3000") {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const rawId = randomBytes(16);
  const id = rawId.toString("base64url");
  const own = { id, rawId: id, type: "public-key", clientExtensionResults: {} };
  const rpIdHash = createHash("sha256").update(new URL(site).hostname).digest();

  function clientData(type: string, { options, site: asked = site }: Asked): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge: options.challenge, origin: asked, crossOrigin: false }));
  }

  function authenticatorData(flags: number, counter: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([rpIdHash, Buffer.from([flags]), count]);
  }

  function cosePublicKey(): Uint8Array {
    return isoCBOR.encode(
      new Map<number, number | Uint8Array<ArrayBuffer>>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, "base64url"))],
        [-3, new Uint8Array(Buffer.from(y, "base64url"))],
      ]),
    );
  }

  return {
    id,
    make(options: Asked): string {
      const length = Buffer.from([0, rawId.length]);
      const key = Buffer.concat([Buffer.alloc(16), length, rawId, cosePublicKey()]);
      const authData = Buffer.concat([authenticatorData(IS_PRESENT | HAS_KEY, options.counter ?? 0), key]);
      const attestation = new Map<string, string | Map<string, string> | Uint8Array<ArrayBuffer>>([
        ["fmt", "none"],
        ["attStmt", new Map<string, string>()],
        ["authData", new Uint8Array(authData)],
      ]);
      return JSON.stringify({
        ...own,
        response: {
          clientDataJSON: clientData("webauthn.create", options).toString("base64url"),
          attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString("base64url"),
          transports: ["internal"],
        },
      });
    },
    show(options: Asked): string {
      const client = clientData("webauthn.get", options);
      const authData = authenticatorData(IS_PRESENT, options.counter ?? 0);
      const signed = Buffer.concat([authData, createHash("sha256").update(client).digest()]);
      return JSON.stringify({
        ...own,
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: authData.toString("base64url"),
          signature: sign("sha256", signed, privateKey).toString("base64url"),
        },
      });
    },
  };
}
