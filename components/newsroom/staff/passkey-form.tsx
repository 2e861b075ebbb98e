"use client";
// Shows a button that creates or asks for a passkey. A plain HTML form then sends the browser's answer to the server.
// Without JavaScript, no button is shown.
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

type PasskeyFormProps = {
  action: string;
  /** The path to open afterwards. */
  next?: string;
  label: string;
  /** The text to show if the browser returns no passkey, for example because its dialog was closed. */
  failureText: string;
} & (
  | { creationOptions: PublicKeyCredentialCreationOptionsJSON; requestOptions?: undefined }
  | { requestOptions: PublicKeyCredentialRequestOptionsJSON; creationOptions?: undefined }
);

export function PasskeyForm({ action, next, label, failureText, creationOptions, requestOptions }: PasskeyFormProps) {
  const [isOffered, setOffered] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const answer = useRef<HTMLInputElement>(null);
  useEffect(() => setOffered(browserSupportsWebAuthn()), []);
  if (!isOffered) return null;
  const ask = async () => {
    setFailed(false);
    try {
      const credential = creationOptions
        ? await startRegistration({ optionsJSON: creationOptions })
        : await startAuthentication({ optionsJSON: requestOptions });
      if (!answer.current) return;
      answer.current.value = JSON.stringify(credential);
      form.current?.submit();
    } catch {
      setFailed(true);
    }
  };
  return (
    <form ref={form} className="staff-form" method="post" action={action}>
      {next === undefined ? null : <input type="hidden" name="next" value={next} />}
      <input ref={answer} type="hidden" name="answer" />
      <Button kind="quiet" type="button" onClick={ask}>
        {label}
      </Button>
      <p className="field-error" role="alert" hidden={!hasFailed}>
        {hasFailed ? failureText : ""}
      </p>
    </form>
  );
}
