import { createServer, type Server, type Socket } from "node:net";

export type TestMailServer = {
  url: string;
  port: number;
  mails: string[];
  refuse: Set<string>;
  /**
   * If true, the inbox accepts each e-mail, but closes the connection without a reply. To the sender this looks like a
   * crash.
   */
  hangUpAfterAccept: boolean;
  close(): Promise<void>;
};

/** Opens a mail server that listens on `port`, or on a free port if it is 0. */
export async function startTestMailServer(port = 0): Promise<TestMailServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    talk(socket, inbox);
  });
  const inbox: TestMailServer = {
    url: "",
    port: 0,
    mails: [],
    refuse: new Set(),
    hangUpAfterAccept: false,
    close: () => close(server, sockets),
  };
  inbox.port = await listen(server, port);
  inbox.url = `smtp://127.0.0.1:${inbox.port}`;
  return inbox;
}

function talk(socket: Socket, inbox: TestMailServer): void {
  let received = "";
  let inData = false;
  socket.write("220 inbox\r\n");
  socket.on("data", (bytes) => {
    received += bytes.toString("utf8");
    for (;;) {
      const end = inData ? "\r\n.\r\n" : "\r\n";
      const at = received.indexOf(end);
      if (at < 0) return;
      const line = received.slice(0, at);
      received = received.slice(at + end.length);
      if (inData) {
        inData = false;
        inbox.mails.push(line);
        if (inbox.hangUpAfterAccept) return void socket.destroy();
        socket.write("250 accepted\r\n");
      } else {
        inData = /^DATA/i.test(line);
        socket.write(answerTo(line, inbox));
      }
    }
  });
}

function answerTo(line: string, { refuse }: TestMailServer): string {
  if (/^DATA/i.test(line)) return "354 go on\r\n";
  if (/^QUIT/i.test(line)) return "221 bye\r\n";
  const to = /^RCPT TO:<(.+)>/i.exec(line)?.[1];
  if (to && refuse.has(to)) return `550 5.1.1 <${to}>: no such person here\r\n`;
  return "250 ok\r\n";
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function close(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((done) => server.close(() => done()));
}
