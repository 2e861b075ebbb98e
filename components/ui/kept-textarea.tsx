"use client";
// A <textarea> that keeps what a reader typed before the page's script ran. React writes the text of the server into a textarea when it takes
// the page over (it does not do so with an input), and on a slow line a reader has typed by then.
import { type TextareaHTMLAttributes, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";

type KeptTextareaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "children"> & {
  id: string;
  defaultValue?: string;
};

export function KeptTextarea({ defaultValue = "", ...area }: KeptTextareaProps) {
  const isHydrating = useSyncExternalStore(subscribeToNothing, isDrawnHere, isDrawnByServer);
  const [text] = useState(() => (isHydrating ? (findTyped(area.id) ?? defaultValue) : defaultValue));
  const element = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    // The server's text again, so that scripts can tell by value and default value that something was typed.
    if (element.current) element.current.defaultValue = defaultValue;
  }, [defaultValue]);
  return <textarea {...area} ref={element} defaultValue={text} suppressHydrationWarning />;
}

const subscribeToNothing = () => () => {};
const isDrawnHere = () => false;
const isDrawnByServer = () => true;

function findTyped(id: string): string | undefined {
  if (typeof document === "undefined") return undefined;
  const found = document.getElementById(id);
  return found instanceof HTMLTextAreaElement ? found.value : undefined;
}
